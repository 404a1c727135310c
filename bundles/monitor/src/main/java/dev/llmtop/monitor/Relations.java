// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.ProcessTable.Connection;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import dev.llmtop.model.EngineSnapshot.RemoteBackend;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Role;
import dev.llmtop.model.State;
import dev.llmtop.model.Text;
import dev.llmtop.monitor.EngineAssembly.Behind;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.ServedModel;
import dev.llmtop.spi.Strength;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What stands behind a router, and how that is known, strongest first: URLs that it, its command line or its configuration names; that
 * it started the process; a connection from it; the same model ids, where nothing else is known. Equal models alone make nothing a
 * router. Whoever answers for an engine that it is connected to, with that engine's models and without being that program itself,
 * passes requests on: a proxy, whatever it answers.
 */
final class Relations {
    static final String SIGNAL = "relation";

    /** No process stands deeper; a loop of parents, which a racing scan may show, ends here. */
    private static final int DEEPEST = 64;

    private static final int MOST_EVIDENCE = 20;

    private final Map<String, Found> found = new LinkedHashMap<>();
    private final Map<String, View> views;
    private final ProcessScan scan;
    private final Backends backends;
    private final Connected connected;

    Relations(List<Found> engines, Map<String, View> views, ProcessScan scan, Backends backends, Connected connected) {
        engines.forEach(engine -> found.put(engine.id(), engine));
        this.views = views;
        this.scan = scan;
        this.backends = backends;
        this.connected = connected;
    }

    /** The engines whose connections say something: routers, and those that only their answers make an engine. */
    Collection<Found> askers() {
        return found.values().stream()
                .filter(engine -> isRouter(engine.id()) || onlyAnswers(engine))
                .toList();
    }

    /** Ids of those that are proxies, whatever their answers say. */
    Set<String> proxies() {
        return found.values().stream()
                .filter(engine -> !isRouter(engine.id()) && of(engine).router())
                .map(Found::id)
                .collect(Collectors.toSet());
    }

    Behind of(Found engine) {
        if (isRouter(engine.id())) {
            return behind(engine);
        }
        return onlyAnswers(engine) ? proxied(engine) : Behind.NOTHING;
    }

    private boolean isRouter(String id) {
        return description(id).map(Description::role).orElse(Role.ENGINE) == Role.ROUTER;
    }

    private Optional<Description> description(String id) {
        return views.getOrDefault(id, View.NOTHING).description();
    }

    /** Its process is known, and is not the program that its answers speak of. */
    private static boolean onlyAnswers(Found engine) {
        return engine.processes().main().isPresent()
                && engine.match().strength() != Strength.PROVEN
                && engine.match().strength() != Strength.HINTED;
    }

    private Behind behind(Found router) {
        Optional<Description> description = description(router.id());
        List<String> urls = description.map(Description::backendUrls).orElse(List.of());
        Seen seen = new Seen(router.id());
        for (String url : urls) {
            String source = description
                    .map(Description::backendSources)
                    .orElse(Map.of())
                    .getOrDefault(url, "it");
            backends.id(url).ifPresent(id -> seen.add(id, source + " names " + url));
        }
        startedBy(router).forEach((id, pid) -> seen.add(id, "it started pid " + pid));
        connected.of(router.id()).forEach((id, connection) -> seen.add(id, text(connection)));
        boolean told = !urls.isEmpty()
                || description.map(Description::remoteBackends).stream().anyMatch(remote -> !remote.isEmpty());
        if (!told && seen.isEmpty()) {
            sameModels(router).forEach((id, model) -> seen.add(id, "it serves " + model + " under the same id"));
        }
        List<Evidence> evidence = seen.evidence();
        if (seen.isEmpty() && !told && connected.isHidden(router.id())) {
            evidence.add(Evidence.unreadable(SIGNAL, "this user may not see the connections of its processes"));
        }
        return new Behind(seen.ids(), remote(description, urls), evidence, true);
    }

    private List<RemoteBackend> remote(Optional<Description> description, List<String> urls) {
        List<ServedModel> models = description.map(Description::models).orElse(List.of());
        return backends.remote(
                description.map(Description::remoteBackends).orElse(List.of()),
                urls,
                models.size() == 1 ? models.get(0).id() : "");
    }

    private static String text(Connection connection) {
        return "pid " + connection.pid() + " was connected to " + connection.host() + " port " + connection.port();
    }

    /** Engines of their own in processes below those of the router, with the process. */
    private Map<String, Long> startedBy(Found router) {
        Map<String, Long> started = new LinkedHashMap<>();
        Optional<Long> above = router.processes().main().map(ProcessEntry::pid);
        if (above.isEmpty()) {
            return started;
        }
        for (Found engine : found.values()) {
            Optional<Long> pid = engine.processes().main().map(ProcessEntry::pid);
            if (pid.filter(below -> isBelow(below, above.get())).isPresent()) {
                started.put(engine.id(), pid.get());
            }
        }
        return started;
    }

    private boolean isBelow(long pid, long above) {
        ProcessEntry process = scan.processes().get(pid);
        for (int depth = 0; depth < DEEPEST && process != null; depth++) {
            if (process.parent() == above) {
                return true;
            }
            process = scan.processes().get(process.parent());
        }
        return false;
    }

    /** Engines that serve a model of the router's under exactly the same id, with one such id. */
    private Map<String, String> sameModels(Found router) {
        Map<String, String> same = new LinkedHashMap<>();
        if (router.state() == State.BLOCKED) {
            return same;
        }
        Set<String> ids = models(router.id());
        for (Found engine : found.values()) {
            if (!isRouter(engine.id()) && !engine.id().equals(router.id())) {
                Set<String> both = new TreeSet<>(models(engine.id()));
                both.retainAll(ids);
                both.stream().findFirst().ifPresent(model -> same.put(engine.id(), model));
            }
        }
        return same;
    }

    /** The ids of what is, or was just, in memory there; of a router all that it offers. */
    private Set<String> models(String id) {
        boolean router = isRouter(id);
        return description(id).map(Description::models).orElse(List.of()).stream()
                .filter(model ->
                        model.state() != ModelState.REMOTE && (router || model.state() != ModelState.AVAILABLE))
                .map(ServedModel::id)
                .collect(Collectors.toSet());
    }

    /** One that is connected to engines that serve all of its models, none of which is connected to it, stands before them. */
    private Behind proxied(Found engine) {
        Map<String, Connection> to = connected.of(engine.id());
        Set<String> missing = new TreeSet<>(models(engine.id()));
        if (missing.isEmpty()) {
            return Behind.NOTHING;
        }
        Set<String> own = Set.copyOf(missing);
        Seen seen = new Seen(engine.id());
        to.forEach((id, connection) -> {
            Set<String> both = new TreeSet<>(models(id));
            both.retainAll(own);
            if (!both.isEmpty() && !connected.of(id).containsKey(engine.id())) {
                missing.removeAll(both);
                seen.add(id, text(connection) + ", which serves the same models");
            }
        });
        return missing.isEmpty() ? new Behind(seen.ids(), List.of(), seen.evidence(), true) : Behind.NOTHING;
    }

    /** Backends with what was seen of each, in order of sight. */
    private static final class Seen {
        private final String router;
        private final Map<String, List<String>> says = new HashMap<>();
        private final List<Evidence> lines = new ArrayList<>();

        Seen(String router) {
            this.router = router;
        }

        void add(String id, String what) {
            if (!id.equals(router)) {
                says.computeIfAbsent(id, unseen -> new ArrayList<>()).add(what);
                if (lines.size() < MOST_EVIDENCE) {
                    lines.add(Evidence.supporting(SIGNAL, Text.clean("behind it is " + id + ": " + what)));
                }
            }
        }

        boolean isEmpty() {
            return says.isEmpty();
        }

        List<String> ids() {
            return new ArrayList<>(new TreeSet<>(says.keySet()));
        }

        List<Evidence> evidence() {
            return new ArrayList<>(lines);
        }
    }
}
