// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.agent.Probes.Permit;
import dev.llmtop.agent.Probes.Target;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Streamed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Probes as tests make them. */
final class Asking {
    static final Duration LONG = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(400);
    static final Set<String> PATHS =
            Set.of("/v1/models", "/metrics", "/version", "/props?model={model}&autoload=false");

    private Asking() {}

    static HttpProbes probes() {
        return probes(Map.of());
    }

    static HttpProbes probes(Map<String, String> environment) {
        return new HttpProbes("9.8.7", Duration.ofSeconds(2), 64, environment);
    }

    /** A port that nobody listens on, and nobody else can take while it is held. */
    static Socket nobody() throws IOException {
        Socket bound = new Socket();
        bound.bind(new InetSocketAddress("127.0.0.1", 0));
        return bound;
    }

    static Permit permit(Duration deadline) {
        return new Permit(PATHS, PATHS, Set.of(), Duration.ZERO, deadline, false);
    }

    static Permit withKey(Duration deadline) {
        return new Permit(PATHS, PATHS, Set.of(), Duration.ZERO, deadline, true);
    }

    static Probe open(HttpProbes probes, Endpoint endpoint, Duration deadline) {
        return probes.open(Target.of(endpoint), permit(deadline));
    }

    static Answer get(HttpProbes probes, Endpoint endpoint) {
        return open(probes, endpoint, LONG).get(Get.of("/v1/models"));
    }

    static Answer get(HttpProbes probes, Endpoint endpoint, Duration deadline) {
        return open(probes, endpoint, deadline).get(Get.of("/v1/models"));
    }

    /** The number of decoded bytes that a reader is given. */
    static Streamed<Long> count(HttpProbes probes, Endpoint endpoint, Duration deadline) {
        return open(probes, endpoint, deadline).stream(Get.of("/metrics"), body -> {
            byte[] buffer = new byte[65_536];
            long count = 0;
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                count += read;
            }
            return count;
        });
    }
}
