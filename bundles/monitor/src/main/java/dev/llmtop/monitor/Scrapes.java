// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.Adapters.Guarded;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.Probes.Permit;
import dev.llmtop.agent.Probes.Target;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Scrapes all engines at once, each at most once at a time: one that is slow is left to itself, and its answer is taken later. */
final class Scrapes {
    /** Whoever passes requests on passes ours on too: what stands behind it is asked anyway, and not twice as often for that. */
    private static final long SPACING_OF_PROXIES = Duration.ofMillis(4_500).toNanos();

    private final Services services;
    private final Engines engines;
    private final ExecutorService workers;
    private final Interval interval;

    /** @param interval from tick to tick: one that is made on demand scrapes no engine twice within half of it */
    Scrapes(Services services, Engines engines, ExecutorService workers, Interval interval) {
        this.services = services;
        this.engines = engines;
        this.workers = workers;
        this.interval = interval;
    }

    /**
     * Begins to scrape every engine that listens, has an adapter, and is not still being scraped.
     *
     * @param proxies ids of those that answer with the words of an engine behind them
     */
    List<Future<?>> begin(List<Found> found, Set<String> proxies) {
        long generation = services.adapters().generation();
        List<Future<?>> begun = new ArrayList<>();
        long spacing = interval.get().toNanos() / 2;
        for (Found engine : found) {
            Optional<Guarded> adapter = services.adapters().find(engine.kind());
            if (adapter.isPresent() && engine.candidate().listening()) {
                long apart = isSettledProxy(engine, proxies) ? Math.max(spacing, SPACING_OF_PROXIES) : spacing;
                begin(engine, adapter.get(), generation, apart).ifPresent(begun::add);
            }
        }
        return begun;
    }

    /** The first two readings make a rate, which one snapshot has no more time for. */
    private boolean isSettledProxy(Found found, Set<String> proxies) {
        return proxies.contains(found.id())
                && engines.memory(found.id()).view().window().size() > 1;
    }

    private Optional<Future<?>> begin(Found found, Guarded adapter, long generation, long apart) {
        EngineMemory memory = engines.memory(found.id());
        OptionalLong ticket = memory.begin(System.nanoTime(), apart);
        if (ticket.isEmpty()) {
            return Optional.empty();
        }
        try {
            Permit permit = Permit.forEngine(
                    adapter.descriptor(),
                    services.probes().timeout(),
                    found.access().key());
            Scrape scrape = new Scrape(
                    memory,
                    ticket.getAsLong(),
                    found,
                    adapter,
                    services.probes().open(target(found), permit),
                    generation);
            return Optional.of(workers.submit(scrape));
        } catch (RejectedExecutionException full) {
            // Every worker waits for an engine that hangs: this one keeps its last figures until the next tick.
            memory.end();
            return Optional.empty();
        } catch (RuntimeException fault) {
            memory.end();
            throw fault;
        }
    }

    /** Waits for these, but not longer than {@code patience} in all. */
    static void await(List<Future<?>> begun, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Future<?> scrape : begun) {
            try {
                scrape.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                continue;
            } catch (ExecutionException impossible) {
                throw new IllegalStateException("a scrape catches all", impossible);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Target target(Found found) {
        Optional<ProcessEntry> main = found.processes().main();
        List<String> arguments = main.map(ProcessEntry::argv).orElse(List.of());
        String directory = main.flatMap(services.processTable()::directoryOf).orElse("");
        return new Target(
                found.candidate().endpoint(),
                arguments,
                directory,
                found.access().members());
    }
}
