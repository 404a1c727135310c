// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.agent.ProcessTable.Publication;
import dev.llmtop.model.ProcessInfo.ContainerInfo;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Names and ports of containers, as their runtimes' sockets tell. A socket is asked where this user may open it and its service runs
 * already, once when a container is seen that is not known yet; what it said is kept by the container's id.
 */
final class ContainerRuntimes implements AutoCloseable {
    /** The caller waits so long for an answer; what comes later is there at the next call. */
    private static final long PATIENCE_MILLIS = 250;

    /** After so long, a runtime that failed is asked again. */
    private static final long RETRY_NANOS = 60_000_000_000L;

    private static final int MOST_KNOWN = 1_024;

    private final Supplier<List<RuntimeSocket>> sockets;
    private final Function<RuntimeSocket, Value<Map<String, ContainerList.Listed>>> list;
    private final boolean startPodman;
    private final LongSupplier clock;
    private final ThreadPoolExecutor asking;
    private final Map<String, Known> known = new HashMap<>();
    private @Nullable Future<?> underWay;

    /**
     * What is known of one container.
     *
     * @param listed what its runtime said, or why that is not known
     * @param at when that was, for what may be otherwise later
     */
    private record Known(Value<ContainerList.Listed> listed, boolean rootless, boolean last, long at) {}

    /**
     * Asks nothing yet.
     *
     * @param sockets that are there now
     * @param list asks one for its containers
     * @param startPodman whether podman's socket is asked though connecting to it starts its service
     */
    ContainerRuntimes(
            Supplier<List<RuntimeSocket>> sockets,
            Function<RuntimeSocket, Value<Map<String, ContainerList.Listed>>> list,
            boolean startPodman,
            LongSupplier clock) {
        this.sockets = sockets;
        this.list = list;
        this.startPodman = startPodman;
        this.clock = clock;
        asking = new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "llmtop-containers");
            thread.setDaemon(true);
            return thread;
        });
        asking.allowCoreThreadTimeOut(true);
    }

    /** Has unknown ones of these containers asked for, and waits a moment. */
    void ask(Collection<ContainerInfo> containers, RuntimeServices services) {
        @Nullable Future<?> waited;
        synchronized (this) {
            forgetOthers(containers);
            if (underWay == null || underWay.isDone()) {
                Map<String, Set<String>> unknown = unknown(containers);
                underWay = unknown.isEmpty() ? null : begin(unknown, services);
                waited = underWay;
            } else {
                waited = null; // nobody waits twice for a runtime that hangs
            }
        }
        await(waited);
    }

    /** The name of a container; empty where its runtime is none that is asked, or was not asked for it. */
    synchronized Optional<Value<String>> nameOf(String id) {
        Known found = known.get(id);
        if (found == null) {
            return Optional.empty();
        }
        if (found.listed() instanceof Value.Known<ContainerList.Listed> listed) {
            return Optional.of(listed.value()
                    .name()
                    .map(Value::of)
                    .orElseGet(() -> Value.unavailable(Reason.NOT_EXPORTED, "its runtime lists it without a name")));
        }
        return found.listed().missing().map(Value.Unavailable::<String>as);
    }

    /** Where the ports of a container are published. */
    synchronized Optional<Publication> publicationOf(String id) {
        Known found = known.get(id);
        return found == null
                ? Optional.empty()
                : found.listed().known().map(listed -> new Publication(found.rootless(), listed.ports()));
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }

    private void forgetOthers(Collection<ContainerInfo> containers) {
        if (known.size() > MOST_KNOWN) {
            Set<String> present = new HashSet<>();
            containers.forEach(container -> present.add(container.id()));
            known.keySet().retainAll(present);
        }
    }

    private Map<String, Set<String>> unknown(Collection<ContainerInfo> containers) {
        Map<String, Set<String>> unknown = new HashMap<>();
        for (ContainerInfo container : containers) {
            Known before = known.get(container.id());
            boolean asked = before != null && (before.last() || clock.getAsLong() - before.at() < RETRY_NANOS);
            if (!asked && isAsked(container)) {
                unknown.computeIfAbsent(container.runtime(), unseen -> new HashSet<>())
                        .add(container.id());
            }
        }
        return unknown;
    }

    private static boolean isAsked(ContainerInfo container) {
        return ControlGroup.isId(container.id())
                && (container.runtime().equals(RuntimeSocket.DOCKER)
                        || container.runtime().equals(RuntimeSocket.PODMAN));
    }

    private @Nullable Future<?> begin(Map<String, Set<String>> unknown, RuntimeServices services) {
        try {
            return asking.submit(() -> unknown.forEach((runtime, ids) -> ask(runtime, ids, services)));
        } catch (RejectedExecutionException closed) {
            return null;
        }
    }

    /** Asks the sockets of one runtime until all of these are known. */
    private void ask(String runtime, Set<String> ids, RuntimeServices services) {
        Set<String> missing = new HashSet<>(ids);
        Value.Unavailable<ContainerList.Listed> why = new Value.Unavailable<>(
                Reason.UNREACHABLE, "its name is " + runtime + "'s to tell, and no socket of it is there");
        boolean last = false;
        for (RuntimeSocket socket : sockets.get()) {
            if (!socket.runtime().equals(runtime) || missing.isEmpty()) {
                continue;
            }
            Optional<Value.Unavailable<ContainerList.Listed>> refused = refusal(socket, services);
            if (refused.isPresent()) {
                why = refused.get();
                continue;
            }
            Value<Map<String, ContainerList.Listed>> answer = list(socket);
            Optional<Map<String, ContainerList.Listed>> listed = answer.known();
            if (listed.isEmpty()) {
                why = answer.missing().orElseThrow().as();
                continue;
            }
            last = true;
            why = new Value.Unavailable<>(
                    Reason.NOT_EXPORTED, runtime + " does not list it at " + socket.path() + ": another's container");
            keep(missing, listed.get(), socket.owner() > 0);
            missing.removeAll(listed.get().keySet());
        }
        keep(missing, why, last);
    }

    private Value<Map<String, ContainerList.Listed>> list(RuntimeSocket socket) {
        try {
            return list.apply(socket);
        } catch (RuntimeException bug) {
            return Value.unavailable(
                    Reason.MALFORMED,
                    socket.path() + " could not be asked: " + bug.getClass().getSimpleName());
        }
    }

    private synchronized void keep(Set<String> ids, Map<String, ContainerList.Listed> listed, boolean rootless) {
        long now = clock.getAsLong();
        listed.forEach((id, container) -> {
            if (ids.contains(id)) {
                known.put(id, new Known(Value.of(container), rootless, true, now));
            }
        });
    }

    private synchronized void keep(Set<String> ids, Value<ContainerList.Listed> why, boolean last) {
        long now = clock.getAsLong();
        ids.forEach(id -> known.put(id, new Known(why, false, last, now)));
    }

    private Optional<Value.Unavailable<ContainerList.Listed>> refusal(RuntimeSocket socket, RuntimeServices services) {
        if (!socket.open()) {
            return Optional.of(new Value.Unavailable<>(
                    Reason.NO_PERMISSION,
                    "its name is " + socket.runtime() + "'s to tell, and this user may not open " + socket.path()));
        }
        boolean startsIt = socket.runtime().equals(RuntimeSocket.PODMAN) && startPodman;
        return startsIt || services.runs(socket)
                ? Optional.empty()
                : Optional.of(new Value.Unavailable<>(
                        Reason.NOT_SAFE,
                        "its name is " + socket.runtime() + "'s to tell, and to connect to " + socket.path()
                                + " could start its service, which is not seen to run"));
    }

    private static void await(@Nullable Future<?> waited) {
        if (waited == null) {
            return;
        }
        try {
            waited.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException later) {
            // What it says is there at the next call.
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug.getCause());
        }
    }
}
