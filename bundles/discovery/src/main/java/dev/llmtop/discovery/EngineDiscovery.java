// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.Discovery;
import dev.llmtop.agent.Explanation;
import dev.llmtop.agent.Probes;
import dev.llmtop.agent.ProcessTable;
import dev.llmtop.agent.ProcessTable.Listener;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From a scan to engines: places, what is known of them, who is asked now, and what came of it. */
final class EngineDiscovery implements Discovery, AutoCloseable {
    private final Adapters adapters;
    private final Probes probes;
    private final ProcessTable table;
    private final Launches launches;
    private final SocketOwnership ownership;
    private final HintedPlaces hinted;
    private final StrangerPlaces strangers;
    private final Identification identification;
    private final Interviews interviews;
    private final ProcessRoles roles = new ProcessRoles();
    private final Memory memory = new Memory(System::nanoTime);
    private final Conclusions conclusions;
    private final Explanations explanations;
    private final Set<String> asked = new HashSet<>();
    private volatile boolean forgetting;

    /** The services that discovery works with. */
    record Services(ProcessTable table, Probes probes, Adapters adapters, Clock clock) {}

    /**
     * What is set.
     *
     * @param wanted by the user
     * @param ownPid of this process: its own sockets are never asked
     * @param atOnce interviews at the same time
     * @param deadline of one request
     */
    record Settings(Wanted wanted, long ownPid, int atOnce, Duration deadline) {
        static final Duration USUAL_DEADLINE = Duration.ofMillis(1_500);
        static final int USUAL_AT_ONCE = 64;
    }

    EngineDiscovery(Services services, Settings settings) {
        adapters = services.adapters();
        probes = services.probes();
        table = services.table();
        launches = new Launches(services.table());
        ownership = new SocketOwnership(services.table());
        hinted = new HintedPlaces(launches, services.table());
        strangers = new StrangerPlaces(settings.wanted(), settings.ownPid());
        identification = new Identification(probes, adapters, launches, settings.deadline());
        interviews = new Interviews(settings.atOnce());
        conclusions = new Conclusions(launches, services.table(), services.clock(), settings.wanted());
        explanations = new Explanations(settings.wanted(), settings.ownPid(), probes);
    }

    @Override
    public synchronized Discovered discover(Scene scene) {
        long until = System.nanoTime() + scene.budget().toNanos();
        long generation = adapters.generation();
        Survey survey = survey(scene, true);
        Map<String, Place> places = byKey(survey);
        table.askRuntimes(places.values().stream()
                .flatMap(place -> place.who().main().stream())
                .toList());
        forgetWhatIsGone(places.keySet());
        List<String> awaited = begin(places, generation);
        for (String key : awaited) {
            interviews.await(key, until);
        }
        takeFinished(places.keySet());
        asked.retainAll(places.keySet());
        return conclusions.of(scene, survey, places.values(), this::knowledge);
    }

    @Override
    public synchronized Explanation explain(Scene scene) {
        Survey survey = survey(scene, false);
        return explanations.of(scene, survey, byKey(survey).values());
    }

    @Override
    public void forgetNegatives() {
        forgetting = true;
    }

    @Override
    public void close() {
        interviews.close();
    }

    private Conclusions.Knowledge knowledge(Place place) {
        return new Conclusions.Knowledge(
                memory.outcome(place),
                interviews.underWay(place.key()),
                asked.contains(place.key()),
                kind -> adapters.find(kind).isPresent());
    }

    /** Looks at a scene; with {@code asking}, container runtimes are asked what they publish. */
    private Survey survey(Scene scene, boolean asking) {
        List<AdapterDescriptor> working =
                adapters.working().stream().map(Adapters.Guarded::descriptor).toList();
        ProcessScan scan = scene.processes();
        launches.keepOnly(scan.processes().keySet());
        ProcessView view =
                new ProcessView(scan.processes(), roles.of(scan.processes().values(), working, adapters.generation()));
        if (asking) {
            table.askRuntimes(view.roots().stream()
                    .flatMap(root -> view.process(view.main(root)).stream())
                    .toList());
        }
        List<Listener> wanted = scan.listeners();
        if (view.roots().isEmpty() && scene.gpuProcesses().isEmpty()) {
            wanted = wanted.stream()
                    .filter(listener -> strangers.couldMatter(listener.port(), working))
                    .toList();
        }
        Survey survey = new Survey(view, ownership.of(wanted, scan), scene.gpuProcesses(), working);
        hinted.addTo(survey);
        strangers.addTo(survey);
        return survey;
    }

    /** The surest first; of two with one address the first. */
    private static Map<String, Place> byKey(Survey survey) {
        List<Place> ordered = new ArrayList<>(survey.found().places());
        ordered.sort(Comparator.comparing((Place place) -> !place.spot().listening())
                .thenComparing(place -> place.why().signal())
                .thenComparing(Place::id));
        Map<String, Place> places = new LinkedHashMap<>();
        Set<String> ids = new HashSet<>();
        for (Place place : ordered) {
            if (ids.add(place.id())) {
                places.put(place.key(), place);
            }
        }
        return places;
    }

    private void forgetWhatIsGone(Set<String> keys) {
        interviews.keepOnly(keys);
        memory.keepOnly(keys).forEach(probes::forget);
        if (forgetting) {
            forgetting = false;
            memory.forgetNegatives().forEach(probes::forgetAnswers);
        }
    }

    /** Begins what has to be asked; returns what is waited for. */
    private List<String> begin(Map<String, Place> places, long generation) {
        takeFinished(places.keySet());
        List<String> awaited = new ArrayList<>();
        places.forEach((key, place) -> {
            if (!place.spot().listening()) {
                memory.notListening(place);
                return;
            }
            Memory.Step step = memory.step(place, generation, this::works);
            if (step == Memory.Step.KEEP) {
                return;
            }
            if (!interviews.underWay(key)) {
                if (step == Memory.Step.ASK_ASIDE) {
                    memory.outcome(place).ifPresent(last -> probes.forgetAnswers(last.endpoint()));
                }
                asked.add(key);
                interviews.begin(key, place.hinted(), generation, () -> identification.of(place));
                if (step == Memory.Step.ASK) {
                    awaited.add(key);
                }
            }
        });
        return awaited;
    }

    private boolean works(AdapterDescriptor adapter) {
        return adapters.find(adapter.kind())
                .filter(working -> working.descriptor().origin().equals(adapter.origin()))
                .isPresent();
    }

    private void takeFinished(Set<String> keys) {
        for (String key : keys) {
            interviews.take(key).ifPresent(finished -> memory.remember(key, finished.outcome(), finished.generation()));
        }
    }
}
