// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import dev.llmtop.agent.Discovery.Discovered;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.discovery.MadeUpMachine;
import dev.llmtop.model.State;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.EngineServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every case on a port of its own, seen by discovery with some adapters in some order. */
final class LineUp {
    private static final Seen NOBODY = new Seen("", Strength.NONE, State.UNREACHABLE, "", List.of(), List.of());

    private LineUp() {}

    /** What points at the servers. */
    enum Signal {
        /** Their command lines. */
        PROCESS,
        /** The user, who named their ports; of their processes nothing is known. */
        PORT,
        /** Their ports, which are usual ones of every adapter; of their processes nothing is known. */
        USUAL_PORT_OF_ALL
    }

    /**
     * How one case was seen.
     *
     * @param kind empty where nobody claimed it
     * @param asked paths, in order
     * @param askedAgain paths at a second look
     */
    record Seen(
            String kind, Strength strength, State state, String title, List<String> asked, List<String> askedAgain) {
        @Override
        public String toString() {
            return kind + " (" + title + ", " + strength + ", " + state + ") after " + asked;
        }
    }

    /** Looks twice. */
    static Map<String, Seen> look(Signal signal, List<EngineCase> cases, List<ShippedAdapter> adapters) {
        Map<EngineCase, EngineServer> servers = new LinkedHashMap<>();
        cases.forEach(each -> servers.put(each, each.folder().start()));
        int[] ports = servers.values().stream().mapToInt(EngineServer::port).toArray();
        try (MadeUpMachine machine =
                signal == Signal.USUAL_PORT_OF_ALL ? new MadeUpMachine() : new MadeUpMachine(ports)) {
            adapters.forEach(shipped -> machine.install(
                    shipped.adapter(),
                    signal == Signal.USUAL_PORT_OF_ALL ? shipped.withPorts(ports) : shipped.properties()));
            long pid = 100;
            for (Map.Entry<EngineCase, EngineServer> each : servers.entrySet()) {
                int port = each.getValue().port();
                if (signal == Signal.PROCESS) {
                    machine.process(++pid, 1, each.getKey().argv(port));
                    machine.listens(port, pid);
                } else {
                    machine.listens(port);
                }
            }
            return seen(machine, servers);
        } finally {
            servers.values().forEach(EngineServer::close);
        }
    }

    private static Map<String, Seen> seen(MadeUpMachine machine, Map<EngineCase, EngineServer> servers) {
        Discovered first = machine.discover();
        Map<EngineServer, List<String>> asked = new LinkedHashMap<>();
        servers.values().forEach(server -> asked.put(server, server.paths()));
        machine.discover();
        Map<String, Found> found = new LinkedHashMap<>();
        first.engines().forEach(engine -> found.put(engine.id(), engine));
        Map<String, Seen> seen = new LinkedHashMap<>();
        servers.forEach((each, server) -> {
            List<String> before = asked.get(server);
            List<String> all = server.paths();
            List<String> after = new ArrayList<>(all.subList(before.size(), all.size()));
            Found engine = found.get(server.id());
            seen.put(
                    each.name(),
                    engine == null
                            ? new Seen("", NOBODY.strength(), NOBODY.state(), "", before, after)
                            : new Seen(
                                    engine.kind(),
                                    engine.match().strength(),
                                    engine.state(),
                                    engine.match().title().orElse(engine.title()),
                                    before,
                                    after));
            server.assertOnly(before);
        });
        return seen;
    }
}
