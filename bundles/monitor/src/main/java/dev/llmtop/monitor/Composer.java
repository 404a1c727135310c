// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.Discovery.Discovered;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.ProcessInfo;
import dev.llmtop.monitor.EngineAssembly.GpuView;
import dev.llmtop.monitor.EngineAssembly.Surroundings;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.RateDeriver;
import dev.llmtop.spi.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the engines of a snapshot. A fault in one costs that one only. Used by the tick's thread alone. */
final class Composer {
    /** Ten ticks, and at least ten seconds: then figures of an engine that does not answer say nothing any more. */
    private static final int GRACE_TICKS = 10;

    private final Services services;
    private final Barrier barrier;
    private final Interval interval;
    private final OwnNames ownNames = new OwnNames();
    private final Connected connected;
    private final Map<String, String> kinds = new HashMap<>();
    private Set<String> proxies = Set.of();

    Composer(Services services, Barrier barrier, Interval interval) {
        this.services = services;
        this.barrier = barrier;
        this.interval = interval;
        connected = new Connected(services.processTable());
    }

    private long graceNanos() {
        return Math.max(
                Duration.ofSeconds(10).toNanos(),
                interval.get().multipliedBy(GRACE_TICKS).toNanos());
    }

    /**
     * What the engines are made of.
     *
     * @param views of their memories, by id
     * @param before the pass over all processes of the tick before
     * @param energy of all GPUs
     * @param hostName as the machine calls itself
     */
    record Material(
            Discovered discovered,
            Map<String, View> views,
            ProcessScan scan,
            Optional<ProcessScan> before,
            GpuAttribution gpus,
            TokensPerJoule energy,
            Optional<RateDeriver> deriver,
            String hostName,
            Stamp now) {}

    List<EngineSnapshot> engines(Material material) {
        List<Found> found = material.discovered().engines();
        kinds.keySet().retainAll(found.stream().map(Found::id).toList());
        Backends backends = new Backends(found, ownNames.of(material.hostName(), material.now()));
        Relations relations = new Relations(found, material.views(), material.scan(), backends, connected);
        barrier.call("connections", () -> {
            connected.look(relations.askers(), found, backends, material.now());
            return true;
        });
        proxies = relations.proxies();
        List<EngineSnapshot> engines = new ArrayList<>();
        for (Found engine : found) {
            barrier.call(engine.id(), () -> assemble(engine, material, relations))
                    .ifPresent(engines::add);
        }
        engines.sort(Comparator.comparing(engine -> engine.identity().id()));
        return engines;
    }

    /** Ids of those that were seen, at the last tick, to answer with the words of an engine behind them. */
    Set<String> proxies() {
        return proxies;
    }

    private EngineSnapshot assemble(Found found, Material material, Relations relations) {
        View view = material.views().getOrDefault(found.id(), View.NOTHING);
        Derived derived = barrier.call("rates", () -> Derived.of(view.window(), material.deriver()))
                .orElseGet(() -> Derived.of(view.window(), Optional.empty()));
        ProcessFacts facts = new ProcessFacts(services.processTable(), material.scan(), material.before());
        Optional<ProcessInfo> process = barrier.call(
                        "processes", () -> facts.of(found, material.now().time()))
                .flatMap(info -> info);
        Surroundings surroundings = new Surroundings(
                kind(found),
                url(found),
                process,
                new GpuView(
                        Optional.ofNullable(material.gpus().shares().get(found.id())),
                        Optional.ofNullable(material.gpus().evidence().get(found.id())),
                        material.energy()),
                relations.of(found),
                graceNanos());
        return new EngineAssembly(found, view, derived, surroundings, material.now()).snapshot();
    }

    private String url(Found found) {
        Endpoint endpoint = found.candidate().endpoint();
        return (services.probes().tls(endpoint) ? endpoint.withTls() : endpoint).url();
    }

    /** While nobody claims it any more, it stands under the kind that it had. */
    private String kind(Found found) {
        if (!found.kind().isEmpty()) {
            kinds.put(found.id(), found.kind());
        }
        return kinds.getOrDefault(found.id(), EngineAssembly.NO_KIND);
    }
}
