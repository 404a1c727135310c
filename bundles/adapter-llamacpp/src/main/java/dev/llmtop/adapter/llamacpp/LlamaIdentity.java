// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Strength;
import java.util.List;
import java.util.Optional;

/** Whether answers are llama.cpp's own. Its header is on those of its forks too, {@code /props} is imitated without {@code build_info}. */
final class LlamaIdentity {
    private static final String PROCESS = "process";
    private static final String FINGERPRINT = "fingerprint";

    private final boolean hinted;

    LlamaIdentity(boolean hinted) {
        this.hinted = hinted;
    }

    /** Ollama runs its models in servers of this kind: they are parts of it. Source: ollama/ollama llm/llama_server.go. */
    static Optional<String> partOfOllama(Candidate candidate) {
        if (candidate.ancestors().stream().anyMatch(above -> above.program().equals("ollama"))) {
            return Optional.of("a process above it is Ollama");
        }
        return candidate
                .launch()
                .filter(LlamaIdentity::startedByOllama)
                .map(launch -> "its command line is that of an Ollama runner");
    }

    /** A person may serve a file of Ollama's store too, and would hardly give all of these. */
    private static boolean startedByOllama(Launch launch) {
        return launch.option("--model", "-m")
                        .filter(model -> model.contains("/blobs/sha256-"))
                        .isPresent()
                && launch.has("--no-webui")
                && launch.has("--offline");
    }

    /** A process that does not listen yet. */
    Match silent() {
        return hinted
                ? named(Strength.HINTED)
                        .state(State.LOADING)
                        .because(PROCESS, "it does not listen yet")
                        .build()
                : Match.none();
    }

    /** Judges {@code /props}; empty where {@code /v1/models} could tell more. */
    Optional<Match> judge(Answer props) {
        Optional<LlamaProps> known = LlamaProps.of(props.okJson());
        if (known.isPresent()) {
            return Optional.of(proven(known.get()));
        }
        if (props.status() == 200) {
            return Optional.of(hinted && isLlama(props) ? hintedOnly(props, State.READY) : imitation());
        }
        if (isLoading(props)) {
            return Optional.of(named(hinted ? Strength.PROVEN : Strength.DISTINCTIVE)
                    .state(State.LOADING)
                    .because(FINGERPRINT, "Server: llama.cpp says 'Loading model'")
                    .build());
        }
        return isClosed(props) ? Optional.empty() : Optional.of(unknown(props));
    }

    private Match proven(LlamaProps props) {
        String what = props.router() ? "role router and max_instances" : "default_generation_settings and total_slots";
        return named(hinted ? Strength.PROVEN : Strength.DISTINCTIVE)
                .state(props.asleep() ? State.SLEEPING : State.READY)
                .because(FINGERPRINT, "GET /props has build_info, " + what)
                .build();
    }

    private static Match imitation() {
        return Match.of(Strength.NONE)
                .despite(FINGERPRINT, "/props has no build_info: an imitation, or something else")
                .build();
    }

    /** Everything wants a key; up to b10502 the list of models is open all the same. */
    Match closed(Answer props, Answer models) {
        if (models.status() == 200 && isLlama(models) && LlamaModel.areLlamas(models.okJson())) {
            return named(hinted ? Strength.PROVEN : Strength.DISTINCTIVE)
                    .state(State.BLOCKED)
                    .because(FINGERPRINT, "/props wants a key; /v1/models is llama.cpp's")
                    .build();
        }
        if (hinted) {
            return hintedOnly(props, State.BLOCKED);
        }
        return isLlama(props)
                ? Match.of(Strength.BLOCKED)
                        .state(State.BLOCKED)
                        .because(FINGERPRINT, "Server: llama.cpp; everything wants a key")
                        .build()
                : Match.none();
    }

    private Match unknown(Answer props) {
        if (!hinted) {
            return Match.none();
        }
        boolean foreign = props.received().isPresent() && !isLlama(props) && props.status() != 503;
        if (foreign) {
            return Match.of(Strength.NONE)
                    .despite(FINGERPRINT, "/props answers " + props.status() + " without Server: llama.cpp")
                    .build();
        }
        boolean loading = List.of(Reason.UNREACHABLE, Reason.LOADING).contains(props.reason())
                && (props.received().isEmpty() || props.status() == 503);
        return hintedOnly(props, loading ? State.LOADING : State.READY);
    }

    private Match hintedOnly(Answer props, State state) {
        return named(Strength.HINTED)
                .state(state)
                .because(FINGERPRINT, props.status() == 200 ? "Server: llama.cpp" : "/props: " + props.detail())
                .build();
    }

    private static boolean isLoading(Answer props) {
        return props.status() == 503
                && isLlama(props)
                && props.json().path("error").path("message").asText().equals("Loading model");
    }

    static boolean isClosed(Answer answer) {
        return answer.status() == 401 || answer.status() == 403;
    }

    private static boolean isLlama(Answer answer) {
        return answer.received()
                .flatMap(received -> received.header("server"))
                .filter("llama.cpp"::equals)
                .isPresent();
    }

    private Match.Builder named(Strength strength) {
        Match.Builder match = Match.of(strength);
        return hinted ? match.because(PROCESS, "its program is llama.cpp's server") : match;
    }
}
