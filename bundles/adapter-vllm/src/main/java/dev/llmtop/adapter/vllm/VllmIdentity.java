// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.exposition.Sample;
import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Strength;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether answers are a vLLM's. {@code /version} alone is that of five products, {@code vllm:} series are imitated by routers. */
final class VllmIdentity {
    private static final String PROCESS = "process";
    private static final String FINGERPRINT = "fingerprint";
    private static final String NAMES_IT = "its command line is vLLM's server";

    private final boolean hinted;

    VllmIdentity(boolean hinted) {
        this.hinted = hinted;
    }

    /** A process that does not listen yet. */
    Match silent() {
        return hinted
                ? Match.of(Strength.HINTED)
                        .state(State.LOADING)
                        .because(PROCESS, NAMES_IT + "; it does not listen yet")
                        .build()
                : Match.none();
    }

    /** The version that {@code /version} tells. */
    static Optional<String> version(Answer answer) {
        JsonNode version = answer.okJson().path("version");
        return version.isTextual() && !version.asText().isBlank() ? Optional.of(version.asText()) : Optional.empty();
    }

    /**
     * Judges both answers; empty where only the metrics page could tell.
     *
     * @param engines asks a router's path, where nothing but the answers speaks for a vLLM
     */
    Optional<Match> judge(Answer version, Answer models, Supplier<Answer> engines) {
        List<VllmCard> cards = VllmCard.of(models.okJson());
        if (models.status() == 200) {
            return Optional.of(VllmCard.areVllms(cards) ? cardsFit(version, engines) : cardsDiffer(cards));
        }
        if (models.status() == 404 || version(version).isEmpty() && version.status() == 404) {
            return Optional.of(Match.none());
        }
        if (isClosed(models) && version(version).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(hinted ? hintedOnly(models) : Match.none());
    }

    private Match cardsFit(Answer version, Supplier<Answer> engines) {
        if (version(version).isEmpty()) {
            return hinted
                    ? named(Strength.HINTED)
                            .because(FINGERPRINT, "/v1/models is owned by vllm")
                            .build()
                    : Match.none();
        }
        String says = "GET /version has version; /v1/models is owned by vllm and has max_model_len";
        return hinted ? named(Strength.PROVEN).because(FINGERPRINT, says).build() : stranger(engines.get(), says);
    }

    /** A router passes cards on as they are (vllm-project/production-stack): only a path that it alone has tells it. */
    private Match stranger(Answer engines, String says) {
        if (engines.status() == 200 && engines.json().isArray()) {
            return Match.of(Strength.NONE)
                    .despite(FINGERPRINT, "GET /engines lists engines: a router before them")
                    .build();
        }
        // Not asked yet: half a match, upon which it is.
        boolean asked = engines.received().isPresent();
        return named(asked ? Strength.DISTINCTIVE : Strength.GENERIC)
                .because(FINGERPRINT, says)
                .build();
    }

    /** An answer that is someone else's counts for more than a command line: a proxy may stand in a vLLM's place. */
    private static Match cardsDiffer(List<VllmCard> cards) {
        String owner = cards.isEmpty() ? "nobody" : cards.get(0).owner();
        return Match.of(Strength.NONE)
                .despite(FINGERPRINT, "/v1/models is owned by '" + owner + "', or has no max_model_len")
                .build();
    }

    private Match hintedOnly(Answer models) {
        State state = isClosed(models)
                ? State.BLOCKED
                : models.reason() == Reason.UNREACHABLE || models.reason() == Reason.LOADING
                        ? State.LOADING
                        : State.READY;
        return named(Strength.HINTED)
                .state(state)
                .because(FINGERPRINT, "/v1/models: " + models.detail())
                .build();
    }

    /** {@code /v1} wants a key: the metrics page, which vLLM leaves open, tells. */
    Match judge(Optional<SeriesPage> page) {
        Optional<Sample> running = page.flatMap(
                known -> known.series("num_requests_running").stream().findFirst());
        boolean router = running.filter(
                        sample -> sample.labels().value("server").isPresent()
                                || sample.labels().value("model_name").isEmpty())
                .isPresent();
        if (running.isPresent() && !router) {
            return named(hinted ? Strength.PROVEN : Strength.DISTINCTIVE)
                    .because(FINGERPRINT, "/v1/models wants a key; GET /version has version; /metrics has vllm: series")
                    .build();
        }
        if (!hinted || router) {
            return Match.none();
        }
        return named(Strength.HINTED)
                .state(State.BLOCKED)
                .because(FINGERPRINT, "/v1/models wants a key; GET /version has version")
                .build();
    }

    static boolean isClosed(Answer answer) {
        return answer.status() == 401 || answer.status() == 403;
    }

    private Match.Builder named(Strength strength) {
        Match.Builder match = Match.of(strength);
        return hinted ? match.because(PROCESS, NAMES_IT) : match;
    }
}
