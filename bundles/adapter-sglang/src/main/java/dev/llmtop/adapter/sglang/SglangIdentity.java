// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Strength;
import java.util.Optional;

/**
 * Whether answers are an SGLang's own. {@code /model_info} is also answered by its gateway, out of a worker's mouth; the owner of
 * the models is passed on by every proxy: both together, and no gateway's {@code /readiness}, are SGLang.
 */
final class SglangIdentity {
    static final String OWNER = "sglang";
    private static final String PROCESS = "process";
    private static final String FINGERPRINT = "fingerprint";
    private static final String NAMES_IT = "its command line is SGLang's server";

    private final boolean hinted;

    SglangIdentity(boolean hinted) {
        this.hinted = hinted;
    }

    /** A process that does not listen yet: SGLang binds its port when the model is in memory. */
    Match silent() {
        return hinted
                ? Match.of(Strength.HINTED)
                        .state(State.LOADING)
                        .because(PROCESS, NAMES_IT + "; it does not listen yet")
                        .build()
                : Match.none();
    }

    /** A gateway: what a worker says through it is not its own. */
    Match gateway() {
        return Match.of(Strength.NONE)
                .despite(FINGERPRINT, "/readiness counts workers: SGLang's gateway, not an SGLang")
                .build();
    }

    /** No answer at all. */
    Match unanswered(Answer answer) {
        boolean loading = answer.reason() == Reason.UNREACHABLE || answer.reason() == Reason.LOADING;
        return hinted
                ? named(Strength.HINTED)
                        .state(loading ? State.LOADING : State.READY)
                        .because(FINGERPRINT, "/model_info: " + answer.detail())
                        .build()
                : Match.none();
    }

    /** The key guards all but health, readiness and metrics: the metrics page tells, where it is on. */
    Match closed(Optional<SeriesPage> page) {
        boolean series = page.map(known -> !known.series("num_running_reqs").isEmpty()
                        && known.values("model_name").size() == 1)
                .orElse(false);
        if (!hinted) {
            return Match.none();
        }
        return series
                ? named(Strength.PROVEN)
                        .because(FINGERPRINT, "/model_info wants a key; /metrics has sglang: series")
                        .build()
                : named(Strength.HINTED)
                        .state(State.BLOCKED)
                        .because(FINGERPRINT, "/model_info wants a key")
                        .build();
    }

    /** Judges an answer of {@code /model_info} (or its old name) and the list of models. */
    Match judge(Answer info, Answer models) {
        boolean keys = hasKeys(info.okJson());
        JsonNode cards = models.okJson().path("data");
        boolean owned = isOwned(cards);
        if (keys && owned) {
            return named(hinted ? Strength.PROVEN : Strength.DISTINCTIVE)
                    .because(
                            FINGERPRINT,
                            "/model_info has model_path, tokenizer_path and is_generation; /v1/models is owned by sglang")
                    .build();
        }
        if (models.status() == 200 && !owned) {
            String owner = cards.path(0).path("owned_by").asText("nobody");
            return Match.of(Strength.NONE)
                    .despite(FINGERPRINT, "/v1/models is owned by '" + owner + "'")
                    .build();
        }
        if (hinted && (keys || owned)) {
            return named(Strength.HINTED)
                    .because(FINGERPRINT, keys ? "/model_info is SGLang's" : "/v1/models is owned by sglang")
                    .build();
        }
        boolean other = info.status() == 200 || info.status() == 404 || info.reason() == Reason.NOT_SAFE;
        return other ? Match.none() : unanswered(info);
    }

    static boolean hasKeys(JsonNode info) {
        return info.path("model_path").isTextual()
                && info.path("tokenizer_path").isTextual()
                && info.path("is_generation").isBoolean();
    }

    private static boolean isOwned(JsonNode cards) {
        boolean all = cards.isArray() && !cards.isEmpty();
        for (JsonNode card : cards) {
            all &= card.path("id").isTextual() && card.path("owned_by").asText().equals(OWNER);
        }
        return all;
    }

    static boolean isClosed(Answer answer) {
        return answer.status() == 401 || answer.status() == 403;
    }

    private Match.Builder named(Strength strength) {
        Match.Builder match = Match.of(strength);
        return hinted ? match.because(PROCESS, NAMES_IT) : match;
    }
}
