// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.agent.Probes;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Get;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Asks a container runtime for its list: one GET of a path that every version of docker and podman has, within a second. */
final class RuntimeQuery {
    /** Without a version, which a daemon older than it would refuse (moby api, tried with 20.10). */
    static final String CONTAINERS = "/containers/json";

    private static final Set<String> PATHS = Set.of(CONTAINERS);
    private static final Probes.Permit PERMIT =
            new Probes.Permit(PATHS, PATHS, Set.of(), Duration.ZERO, Duration.ofSeconds(1), false);

    private final Probes probes;

    RuntimeQuery(Probes probes) {
        this.probes = probes;
    }

    /** The containers by id, or why they are not known. */
    Value<Map<String, ContainerList.Listed>> list(RuntimeSocket socket) {
        Endpoint endpoint = Endpoint.unix(socket.path().toString());
        Answer answer = probes.open(Probes.Target.of(endpoint), PERMIT).get(Get.of(CONTAINERS));
        // A service that podman started ends itself when nobody is connected.
        probes.forget(endpoint);
        String asked = "GET " + CONTAINERS + " at " + socket.path() + ": ";
        if (answer instanceof Answer.Received received && received.cut()) {
            return Value.unavailable(Reason.TOO_LARGE, asked + "the list is longer than 1 MiB, or broke off");
        }
        if (answer.status() != 200) {
            return Value.unavailable(answer.reason(), asked + answer.detail());
        }
        return ContainerList.read(answer.json())
                .<Value<Map<String, ContainerList.Listed>>>map(Value::of)
                .orElseGet(() -> Value.unavailable(Reason.MALFORMED, asked + "no list of containers"));
    }
}
