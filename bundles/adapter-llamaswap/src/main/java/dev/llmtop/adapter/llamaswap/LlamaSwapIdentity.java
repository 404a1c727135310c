// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamaswap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Strength;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether answers are llama-swap's. Two of its three own shapes are wanted: each alone could be somebody's who imitates it. {@code
 * /health} says OK, as others do, and is not asked.
 *
 * @param running what {@code /running} answered
 * @param version what {@code /api/version} answered
 * @param models what {@code /v1/models} answered
 */
record LlamaSwapIdentity(Answer running, Answer version, Answer models) {
    private static final int ENOUGH = 2;

    Match match(Candidate candidate) {
        boolean hinted = candidate.hintedAs("llamaswap");
        List<String> signs = signs();
        if (signs.size() >= ENOUGH) {
            return match(hinted ? Strength.PROVEN : Strength.DISTINCTIVE, hinted, State.READY, signs);
        }
        if (List.of(running, version, models).stream().anyMatch(LlamaSwapIdentity::isClosedByIt)) {
            signs.add("401 names the realm llama-swap");
            return match(hinted ? Strength.PROVEN : Strength.DISTINCTIVE, hinted, State.BLOCKED, signs);
        }
        boolean asked = !(running instanceof Answer.Failed failed && failed.reason() == Reason.NOT_SAFE);
        if (hinted) {
            return asked && contradicts() ? Match.none() : match(Strength.HINTED, true, state(), signs);
        }
        return signs.isEmpty() || asked ? Match.none() : match(Strength.GENERIC, false, State.READY, signs);
    }

    private List<String> signs() {
        List<String> signs = new ArrayList<>();
        if (Running.of(running.okJson()).isPresent()) {
            signs.add("/running lists models");
        }
        JsonNode told = version.okJson();
        if (told.path("version").isTextual()
                && told.path("commit").isTextual()
                && told.path("build_date").isTextual()) {
            signs.add("/api/version has version, commit and build_date");
        }
        if (isOwned(models.okJson().path("data"))) {
            signs.add("every model of /v1/models is owned by llama-swap");
        }
        return signs;
    }

    private static boolean isOwned(JsonNode list) {
        for (JsonNode model : list) {
            if (!model.path("owned_by").asText().equals("llama-swap")) {
                return false;
            }
        }
        return list.isArray() && !list.isEmpty();
    }

    /** Whoever listens there answers {@code /running} with something else. */
    private boolean contradicts() {
        return running.status() == 404
                || running.status() == 200 && Running.of(running.json()).isEmpty();
    }

    private State state() {
        return isClosed(running) ? State.BLOCKED : running.status() == 200 ? State.READY : State.LOADING;
    }

    static boolean isClosed(Answer answer) {
        return answer.status() == 401 || answer.status() == 403;
    }

    private static boolean isClosedByIt(Answer answer) {
        return isClosed(answer)
                && answer.received()
                        .flatMap(received -> received.header("www-authenticate"))
                        .map(scheme -> scheme.toLowerCase(Locale.ROOT).contains("realm=\"llama-swap\""))
                        .orElse(false);
    }

    private static Match match(Strength strength, boolean hinted, State state, List<String> signs) {
        Match.Builder match = Match.of(strength).state(state);
        if (hinted) {
            match.because("process", "its program is llama-swap");
        }
        signs.forEach(sign -> match.because("fingerprint", sign));
        return match.build();
    }
}
