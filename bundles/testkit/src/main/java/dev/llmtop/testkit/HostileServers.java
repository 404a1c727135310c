// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Servers that lie, stall and flood, on real ports. Whoever asks them must end within its limits. */
public final class HostileServers implements AutoCloseable {
    private final List<HostileServer> servers;

    private HostileServers(List<HostileServer> servers) {
        this.servers = List.copyOf(servers);
    }

    /** One server on a free port. */
    public static HostileServer start(Hostility hostility) {
        return start(hostility, 0);
    }

    /**
     * One server.
     *
     * @param port 0 for a free one
     */
    public static HostileServer start(Hostility hostility, int port) {
        if (hostility == Hostility.REDIRECT) {
            EngineServer stranger = EngineServer.start().otherwise(CannedAnswer.json("{\"status\":\"ok\"}"));
            return new HostileServer(
                    hostility,
                    LoopbackServer.start("127.0.0.1", port, Misbehaviours.redirecting(stranger.endpoint())),
                    stranger);
        }
        return new HostileServer(hostility, LoopbackServer.start("127.0.0.1", port, Misbehaviours.of(hostility)), null);
    }

    /** One of each, at once. */
    public static HostileServers startAll() {
        return startAll(all -> true);
    }

    /** One of each that is wanted, at once. */
    public static HostileServers startAll(Predicate<Hostility> wanted) {
        List<HostileServer> started = new ArrayList<>();
        Stream.of(Hostility.values()).filter(wanted).forEach(hostility -> started.add(start(hostility)));
        return new HostileServers(started);
    }

    /** All of them. */
    public List<HostileServer> all() {
        return servers;
    }

    /** The one that does this. */
    public HostileServer get(Hostility hostility) {
        return servers.stream()
                .filter(server -> server.hostility() == hostility)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        servers.forEach(HostileServer::close);
    }
}
