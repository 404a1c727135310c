// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.agent.Adapters;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.model.Text;
import dev.llmtop.spi.EngineAdapter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The adapters that are there, by service id; of one kind the highest ranking works, of equal ones the oldest. */
final class AdapterRegistry implements Adapters, AutoCloseable {
    private static final Comparator<GuardedAdapter> BEST_FIRST = Comparator.comparingInt(
                    (GuardedAdapter guard) -> -guard.descriptor().origin().ranking())
            .thenComparingLong(guard -> guard.descriptor().origin().serviceId());

    private final CallLimits limits;
    private final Map<Long, Entry> entries = new HashMap<>();
    private volatile Working current = new Working(List.of(), 0);

    AdapterRegistry(CallLimits limits) {
        this.limits = limits;
    }

    private record Entry(String bundle, Optional<GuardedAdapter> guard, String refused, String kind) {}

    private record Working(List<Guarded> adapters, long generation) {}

    /** A service came, or came again with other properties. */
    synchronized void add(long serviceId, EngineAdapter adapter, Map<String, ?> properties, String bundle) {
        close(entries.remove(serviceId));
        entries.put(serviceId, entry(adapter, properties, bundle));
        choose();
    }

    /** A service went: nothing of it is kept. */
    synchronized void remove(long serviceId) {
        close(entries.remove(serviceId));
        choose();
    }

    @Override
    public List<Guarded> working() {
        return current.adapters();
    }

    @Override
    public long generation() {
        return current.generation();
    }

    @Override
    public synchronized List<Status> statuses() {
        List<Guarded> working = working();
        return entries.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> status(entry.getValue(), working))
                .sorted(Comparator.comparing(Status::kind))
                .toList();
    }

    @Override
    public synchronized boolean enable(String kind) {
        boolean any = false;
        for (GuardedAdapter guard : guards()) {
            any |= guard.descriptor().kind().equals(kind) && guard.faults().reset();
        }
        if (any) {
            choose();
        }
        return any;
    }

    @Override
    public synchronized List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        entries.values().forEach(entry -> {
            if (entry.guard().isEmpty()) {
                problems.add(new Problem(entry.kind(), entry.bundle() + " is refused: " + entry.refused()));
            }
            entry.guard()
                    .flatMap(guard -> guard.faults().line())
                    .ifPresent(line -> problems.add(new Problem(entry.kind(), line)));
        });
        return problems;
    }

    @Override
    public synchronized void close() {
        entries.values().forEach(AdapterRegistry::close);
        entries.clear();
        choose();
    }

    private Entry entry(EngineAdapter adapter, Map<String, ?> properties, String bundle) {
        try {
            AdapterDescriptor descriptor = AdapterDescriptor.of(properties);
            return new Entry(
                    bundle,
                    Optional.of(new GuardedAdapter(descriptor, adapter, limits, this::choose)),
                    "",
                    descriptor.kind());
        } catch (IllegalArgumentException refused) {
            return new Entry(bundle, Optional.empty(), Text.clean(String.valueOf(refused.getMessage())), "?");
        }
    }

    /** Also called by a guard that was just switched off, on a thread that holds no lock of ours. */
    private synchronized void choose() {
        Set<String> taken = new HashSet<>();
        List<Guarded> working = new ArrayList<>();
        guards().stream()
                .filter(guard -> !guard.faults().off())
                .sorted(BEST_FIRST)
                .filter(guard -> taken.add(guard.descriptor().kind()))
                .forEach(working::add);
        if (!working.equals(current.adapters())) {
            current = new Working(List.copyOf(working), current.generation() + 1);
        }
    }

    private List<GuardedAdapter> guards() {
        return entries.values().stream()
                .flatMap(entry -> entry.guard().stream())
                .toList();
    }

    private static Status status(Entry entry, List<Guarded> working) {
        Optional<AdapterDescriptor> descriptor = entry.guard().map(GuardedAdapter::descriptor);
        String title = descriptor.map(AdapterDescriptor::title).orElse("?");
        if (entry.guard().isEmpty()) {
            return new Status("?", title, entry.bundle(), "refused", entry.refused(), descriptor);
        }
        GuardedAdapter guard = entry.guard().get();
        if (guard.faults().off()) {
            String why = guard.faults().line().orElse("");
            return new Status(entry.kind(), title, entry.bundle(), "disabled", why, descriptor);
        }
        return working.contains(guard)
                ? new Status(entry.kind(), title, entry.bundle(), "active", "", descriptor)
                : new Status(
                        entry.kind(),
                        title,
                        entry.bundle(),
                        "shadowed",
                        "another adapter of this kind ranks higher",
                        descriptor);
    }

    private static void close(@Nullable Entry entry) {
        if (entry != null) {
            entry.guard().ifPresent(GuardedAdapter::close);
        }
    }
}
