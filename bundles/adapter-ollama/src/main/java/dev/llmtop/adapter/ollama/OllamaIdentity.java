// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Strength;
import java.util.Optional;
import java.util.Set;

/**
 * Whether answers are an Ollama's. {@code /api/version} is imitated by KoboldCpp, LocalAI, Lemonade, Docker Model Runner and forks of
 * llama-swap, {@code /} by LocalAI and SGLang 0.5.9; the owner of each model in {@code /v1/models}, which is the namespace in its
 * name (ollama/ollama, openai/openai.go), by none.
 */
final class OllamaIdentity {
    static final String GREETING = "Ollama is running";

    private static final String PROCESS = "process";
    private static final String FINGERPRINT = "fingerprint";
    private static final String STOCK = "library";

    /** Constants that imitators answer: KoboldCpp, LocalAI, Docker Model Runner. */
    private static final Set<String> IMITATIONS = Set.of("0.7.0", "0.9.0", "0.1.0");

    private final boolean hinted;

    /** Products that name themselves as the owner, KoboldCpp even as the namespace of its model: they are never namespaces. */
    private static final Set<String> PRODUCTS =
            Set.of("koboldcpp", "docker", "lemonade", "llama-swap", "localai", "vllm");

    OllamaIdentity(boolean hinted) {
        this.hinted = hinted;
    }

    /** What the list of models tells. */
    enum Owners {
        /** Every model belongs to the namespace in its name. */
        FIT,
        /** At least one belongs to something else. */
        DIFFER,
        /** No model is installed, or no list came. */
        NONE
    }

    Match silent() {
        return hinted
                ? Match.of(Strength.HINTED)
                        .state(State.LOADING)
                        .because(PROCESS, "its command line is Ollama's server; it does not listen yet")
                        .build()
                : Match.none();
    }

    /** The version that {@code /api/version} tells; empty where the answer has any other field. */
    static Optional<String> version(Answer answer) {
        JsonNode json = answer.okJson();
        JsonNode version = json.path("version");
        return json.size() == 1 && version.isTextual() && !version.asText().isBlank()
                ? Optional.of(version.asText().strip())
                : Optional.empty();
    }

    static Owners owners(Answer answer) {
        JsonNode list = answer.okJson();
        JsonNode data = list.path("data");
        if (!list.path("object").asText().equals("list") || !data.isArray() || data.isEmpty()) {
            return data.isMissingNode() || data.isNull() || data.isArray() ? Owners.NONE : Owners.DIFFER;
        }
        for (JsonNode model : data) {
            String id = model.path("id").asText();
            String owner = model.path("owned_by").asText();
            if (id.isEmpty() || !owner.equals(namespace(id)) || PRODUCTS.contains(owner)) {
                return Owners.DIFFER;
            }
        }
        return Owners.FIT;
    }

    /** {@code [host/]namespace/model[:tag]}; without a namespace it is a stock model. */
    private static String namespace(String name) {
        String[] parts = name.split("/", -1);
        return parts.length < 2 ? STOCK : parts[parts.length - 2];
    }

    /** What {@code /api/version} alone settles; empty where more has to be asked. */
    Optional<Match> judge(Answer version) {
        if (version(version).isPresent()) {
            return Optional.empty();
        }
        boolean another = version.status() == 200 || version.status() == 404 || version.status() == 405;
        return Optional.of(hinted && !another ? hintedOnly("/api/version", version) : Match.none());
    }

    /** What both settle; empty where only the greeting could tell. */
    Optional<Match> judge(Answer version, Answer models) {
        boolean closed = models.status() == 401 || models.status() == 403;
        if (closed || notAsked(models)) {
            return Optional.of(hinted ? hintedOnly("/v1/models", models) : Match.none());
        }
        if (!hinted && models.status() == 404) {
            // Ollama has had the path since 2024: some service with a version, which is asked nothing more.
            return Optional.of(Match.none());
        }
        return switch (owners(models)) {
            case DIFFER -> Optional.of(Match.none());
            case FIT ->
                Optional.of(sure(
                        "GET /api/version has version alone; every model of /v1/models is owned by its namespace"));
            case NONE ->
                !hinted && IMITATIONS.contains(version(version).orElse(""))
                        ? Optional.of(Match.none())
                        : Optional.empty();
        };
    }

    /** No model is installed: the greeting decides. It is asked of a process that names Ollama only. */
    Match judgeGreeting(Answer greeting) {
        boolean greets = greeting.received()
                .filter(received -> received.ok() && received.body().strip().equals(GREETING))
                .isPresent();
        if (greets) {
            return sure("GET / says that Ollama is running; GET /api/version has version alone");
        }
        return greeting.received().isPresent() && !isClosed(greeting) ? Match.none() : hintedOnly("/", greeting);
    }

    /**
     * No model is installed and no process names it: two empty lists in Ollama's own form are no more than a shape. Before they may
     * be asked, the version alone says that asking is worth while.
     */
    Match judgeEmpty(Answer installed, Answer resident) {
        boolean unheard = notAsked(installed) && notAsked(resident);
        boolean empty = isEmptyList(installed) && isEmptyList(resident);
        return unheard || empty
                ? Match.of(Strength.GENERIC)
                        .because(FINGERPRINT, "GET /api/version has version alone; no model is installed")
                        .build()
                : Match.none();
    }

    private static boolean isEmptyList(Answer answer) {
        JsonNode json = answer.okJson();
        return json.size() == 1
                && json.path("models").isArray()
                && json.path("models").isEmpty();
    }

    private Match sure(String says) {
        return named(hinted ? Strength.PROVEN : Strength.DISTINCTIVE)
                .because(FINGERPRINT, says)
                .build();
    }

    private Match hintedOnly(String path, Answer answer) {
        Match.Builder match = named(Strength.HINTED);
        if (answer.status() == 403
                && answer.received()
                        .filter(received -> received.body().isBlank())
                        .isPresent()) {
            return match.state(State.BLOCKED)
                    .because(FINGERPRINT, path + ": 403 without a word: it refuses the name in the address; use its IP")
                    .build();
        }
        if (isClosed(answer)) {
            return match.state(State.BLOCKED)
                    .because(FINGERPRINT, path + ": " + answer.detail() + ": a proxy stands in front of it")
                    .build();
        }
        boolean starting = answer.reason() == Reason.UNREACHABLE || answer.reason() == Reason.LOADING;
        return match.state(starting ? State.LOADING : State.READY)
                .because(FINGERPRINT, path + ": " + answer.detail())
                .build();
    }

    private static boolean isClosed(Answer answer) {
        return answer.status() == 401 || answer.status() == 403;
    }

    private static boolean notAsked(Answer answer) {
        return answer instanceof Answer.Failed failed && failed.reason() == Reason.NOT_SAFE;
    }

    private Match.Builder named(Strength strength) {
        Match.Builder match = Match.of(strength);
        return hinted ? match.because(PROCESS, "its command line is Ollama's server") : match;
    }
}
