// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.Discovery.Discovered;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.Discovery.Scene;
import dev.llmtop.agent.PressureWatch;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Snapshot.Event;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.spi.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/** One tick after the other: each looks at the machine, scrapes, and makes a snapshot. Used by one thread. */
final class Tick {
    /** Identification has this much of the first tick; later it goes on beside the ticks. */
    private static final Duration FIRST_BUDGET = Duration.ofSeconds(3);

    private static final Duration LATER_BUDGET = Duration.ofMillis(100);

    private final Services services;
    private final Settings settings;
    private final Interval interval;
    private final Attachments attachments;
    private final Barrier barrier = new Barrier();
    private final Engines engines;
    private final Scrapes scrapes;
    private final Machine machine;
    private final Composer composer;
    private final PressureWatch pressure = new PressureWatch();
    private ProcessScan scan = new ProcessScan(Map.of(), List.of(), 0, 1, List.of(), Stamp.now());
    private Discovered discovered = new Discovered(
            List.of(), new Scan(new Scan.Processes(0, 0), new Scan.Listeners(0, 0, 0), 1, List.of()), false);
    private Optional<Snapshot> before = Optional.empty();
    private Map<String, Adapters.Status> adaptersBefore = Map.of();
    private boolean scanned;

    Tick(Services services, Settings settings, Interval interval, Attachments attachments, ExecutorService workers) {
        this.services = services;
        this.settings = settings;
        this.interval = interval;
        this.attachments = attachments;
        engines = new Engines(settings.window(), services.probes());
        scrapes = new Scrapes(services, engines, workers, interval);
        machine = new Machine(attachments, workers, settings.gpu());
        composer = new Composer(services, barrier, interval);
    }

    /**
     * What a tick made.
     *
     * @param scraped when its scrapes began, by {@link System#nanoTime}
     */
    record Made(Snapshot snapshot, long scraped) {}

    /** Forgets what was found not to be an engine. */
    void forgetNegatives() {
        barrier.call("discovery", () -> {
            services.discovery().forgetNegatives();
            return true;
        });
    }

    /** @param firstLook takes what the first tick knows before anybody is asked */
    Made run(List<Problem> listenerProblems, BiConsumer<Machine.Sample, ProcessScan> firstLook) {
        long began = System.nanoTime();
        machine.begin();
        Optional<ProcessScan> earlier = before.map(unused -> scan);
        scan = barrier.call("processes", services.processTable()::scan).orElse(scan);
        Machine.Sample sample = machine.await();
        if (before.isEmpty()) {
            firstLook.accept(sample, scan);
        }
        GpuTenancy tenancy = GpuTenancy.of(services, scan, sample.gpus());
        discovered = barrier.call("discovery", () -> discover(tenancy)).orElse(discovered);
        discovered = barrier.call("gpu", () -> tenancy.complete(discovered)).orElse(discovered);
        scanned |= discovered.complete();
        Engines.Changes changes = engines.update(discovered.engines(), scan, began);
        long scraped = System.nanoTime();
        List<Future<?>> begun = barrier.call("scrapes", () -> scrapes.begin(discovered.engines(), composer.proxies()))
                .orElse(List.of());
        Scrapes.await(begun, settings.patience(services.probes().timeout(), before.isEmpty()));
        Snapshot snapshot = snapshot(began, sample, tenancy, earlier, changes, listenerProblems);
        before = Optional.of(snapshot);
        return new Made(snapshot, scraped);
    }

    private Discovered discover(GpuTenancy tenancy) {
        Duration budget = before.isEmpty() ? FIRST_BUDGET : LATER_BUDGET;
        return services.discovery().discover(new Scene(scan, tenancy.processes(), budget));
    }

    private Snapshot snapshot(
            long began,
            Machine.Sample sample,
            GpuTenancy tenancy,
            Optional<ProcessScan> earlier,
            Engines.Changes changes,
            List<Problem> listenerProblems) {
        GpuAttribution gpus = barrier.call("gpu", () -> tenancy.attribute(discovered.engines()))
                .orElseGet(() -> new GpuAttribution(sample.gpus(), Map.of(), Map.of(), List.of()));
        TokensPerJoule energy = new TokensPerJoule(gpus.gpus(), machine.draw());
        Map<String, View> views = new HashMap<>();
        for (Found engine : discovered.engines()) {
            views.put(engine.id(), engines.memory(engine.id()).view());
        }
        Stamp now = Stamp.now();
        List<EngineSnapshot> assembled = composer.engines(new Composer.Material(
                discovered,
                views,
                scan,
                earlier,
                gpus,
                energy,
                attachments.deriver(),
                sample.host().name(),
                now));
        Snapshot eventless = new Snapshot(
                now.time(),
                new Snapshot.AgentInfo(
                        settings.version(),
                        ProcessHandle.current().pid(),
                        interval.get().toMillis() / 1_000.0,
                        (System.nanoTime() - began) / 1e9,
                        !scanned),
                new Snapshot.Machine(sample.host(), gpus.gpus()),
                assembled,
                Totals.of(assembled, energy),
                new Snapshot.Findings(discovered.scan(), List.of(), List.of()));
        List<Event> events = events(now, eventless, changes);
        return new Snapshot(
                eventless.time(),
                eventless.agent(),
                eventless.machine(),
                eventless.engines(),
                eventless.totals(),
                new Snapshot.Findings(discovered.scan(), events, problems(sample, gpus, listenerProblems)));
    }

    private List<Event> events(Stamp now, Snapshot snapshot, Engines.Changes changes) {
        Events events = new Events(now.time());
        Map<String, Adapters.Status> adapters = new TreeMap<>();
        barrier.call("adapters", services.adapters()::statuses)
                .orElse(List.of())
                .forEach(status -> adapters.putIfAbsent(status.kind(), status));
        if (before.isPresent()) {
            events.adapters(adaptersBefore, adapters);
            events.gpus(before.get().machine().gpus(), snapshot.machine().gpus());
        }
        adaptersBefore = adapters;
        events.engines(before.map(Snapshot::engines).orElse(List.of()), snapshot.engines(), changes);
        barrier.call("pressure", () -> pressure.follow(snapshot, now.nanos())).ifPresent(events::pressure);
        return events.events();
    }

    /** Each once. */
    private List<Problem> problems(Machine.Sample sample, GpuAttribution gpus, List<Problem> listenerProblems) {
        Set<Problem> problems = new LinkedHashSet<>(sample.problems());
        problems.addAll(gpus.problems());
        problems.addAll(scan.problems());
        barrier.call("adapters", services.adapters()::problems).ifPresent(problems::addAll);
        barrier.call("probe", services.probes()::problems).ifPresent(problems::addAll);
        problems.addAll(listenerProblems);
        problems.addAll(barrier.drain());
        return new ArrayList<>(problems);
    }
}
