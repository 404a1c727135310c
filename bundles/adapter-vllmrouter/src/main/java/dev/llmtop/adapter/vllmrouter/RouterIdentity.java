// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllmrouter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Strength;
import java.util.function.Supplier;

/** Whether answers are the router's. Only {@code /engines} tells it from a vLLM, whose cards it passes on. */
final class RouterIdentity {
    private static final String PROCESS = "process";
    private static final String FINGERPRINT = "fingerprint";
    private static final String NAMES_IT = "its command line is the router of the vLLM production stack";

    private final boolean hinted;

    RouterIdentity(boolean hinted) {
        this.hinted = hinted;
    }

    Match silent() {
        return hinted
                ? named(Strength.HINTED)
                        .state(State.LOADING)
                        .because(FINGERPRINT, "it does not listen yet")
                        .build()
                : Match.none();
    }

    /** {@code /engines} is asked only where the other two could be its answers: elsewhere the path is nobody's. */
    Match judge(Answer version, Answer models, Supplier<Answer> engines) {
        boolean fits = version.okJson().path("version").isTextual()
                && version.okJson().size() == 1
                && hasCardOfVllm(models.okJson());
        if (!hinted && !fits) {
            return Match.none();
        }
        Answer answer = engines.get();
        if (isList(answer.okJson())) {
            return named(hinted ? Strength.PROVEN : Strength.DISTINCTIVE)
                    .because(FINGERPRINT, "GET /engines lists engine_id and serving_models")
                    .build();
        }
        if (!hinted) {
            // Half a match: what /engines says is asked for next.
            return answer.reason() == Reason.NOT_SAFE
                    ? named(Strength.GENERIC)
                            .because(FINGERPRINT, "GET /version has version alone; /v1/models is owned by vllm")
                            .build()
                    : Match.none();
        }
        boolean empty = answer.okJson().isArray() && answer.okJson().isEmpty();
        boolean another = answer.status() == 404 || answer.status() == 200 && !empty;
        return another
                ? Match.none()
                : named(Strength.HINTED)
                        .state(state(answer))
                        .because(FINGERPRINT, empty ? "GET /engines is empty" : "/engines: " + answer.detail())
                        .build();
    }

    private static State state(Answer answer) {
        if (answer.status() == 401 || answer.status() == 403) {
            return State.BLOCKED;
        }
        return answer.reason() == Reason.UNREACHABLE || answer.reason() == Reason.LOADING ? State.LOADING : State.READY;
    }

    private static boolean hasCardOfVllm(JsonNode list) {
        for (JsonNode card : list.path("data")) {
            if (card.path("owned_by").asText().equals("vllm")) {
                return true;
            }
        }
        return false;
    }

    /** Whether this is a list of engines, with at least one. Source: routers/main_router.py, get_engine_instances. */
    static boolean isList(JsonNode engines) {
        for (JsonNode engine : engines) {
            if (!engine.path("engine_id").isTextual()
                    || !engine.path("serving_models").isArray()) {
                return false;
            }
        }
        return engines.isArray() && !engines.isEmpty();
    }

    private Match.Builder named(Strength strength) {
        Match.Builder match = Match.of(strength);
        return hinted ? match.because(PROCESS, NAMES_IT) : match;
    }
}
