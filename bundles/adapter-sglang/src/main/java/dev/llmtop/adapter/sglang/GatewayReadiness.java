// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.spi.Answer;
import java.util.Optional;

/**
 * {@code /readiness} of the gateway: workers counted while it is ready, a 503 with its own words while none is healthy. Source:
 * sgl-project/sglang, sgl-model-gateway/src/server.rs.
 *
 * @param ready whether enough workers are healthy
 */
record GatewayReadiness(boolean ready) {
    /** Empty where the answer is nobody's or another product's. */
    static Optional<GatewayReadiness> of(Answer answer) {
        JsonNode json = answer.json();
        String status = json.path("status").asText();
        boolean counts = json.path("healthy_workers").isIntegralNumber()
                && json.path("total_workers").isIntegralNumber();
        if (answer.status() == 200 && status.equals("ready") && counts) {
            return Optional.of(new GatewayReadiness(true));
        }
        boolean waiting = status.equals("not ready")
                && (counts || json.path("reason").asText().equals("insufficient healthy workers"));
        return answer.status() == 503 && waiting ? Optional.of(new GatewayReadiness(false)) : Optional.empty();
    }
}
