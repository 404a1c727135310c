// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.model.Reason;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Answer.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The only requests that a stranger sees: a closed list of paths that start nothing in any engine known, in the order that lets the
 * dangerous neighbours be recognized first, ended as soon as an answer settles it.
 */
final class FirstContact {
    /** LiteLLM first: a request to its {@code /health} would run completions. Nothing here is asked of it after that. */
    static final String LIVELINESS = "/health/liveliness";

    static final String MODELS = "/v1/models";
    static final String OPEN_API = "/openapi.json";
    static final List<String> PATHS =
            List.of(LIVELINESS, "/readiness", "/model_info", "/info", "/version", "/api/version", "/props", MODELS);

    /** So many answers of one sort from the beginning tell that the others will be the same. */
    private static final int ENOUGH = 2;

    private static final int TITLE_WITHIN = 4_096;

    private FirstContact() {}

    /** How it ended. */
    enum End {
        /** An answer settled who it is. */
        SETTLED,
        /** No answer to a request: nothing more is asked. */
        SILENT,
        /** An answer without an end: no engine gives one here. */
        ENDLESS,
        /** Pages for a browser. */
        WEB_PAGES,
        /** 401 or 403 to everything. */
        CLOSED,
        /** A LiteLLM proxy. */
        LITELLM,
        /** A server that cancels a running stream where it is asked for its models: nobody asks it on. */
        CANCELS_STREAMS,
        /** All that may be asked was asked. */
        DONE
    }

    /** What was heard, in order of the requests. */
    record Heard(End end, List<Answer> answers) {
        Heard {
            answers = List.copyOf(answers);
        }

        boolean answered() {
            return answers.stream().anyMatch(answer -> answer instanceof Received);
        }
    }

    /**
     * Asks one path after the other.
     *
     * @param port whose owner may be known to mind foreign requests
     * @param forbidden what may not be asked here
     * @param ask sends one request
     * @param settled whether what was heard so far says who it is
     */
    static Heard with(int port, Predicate<String> forbidden, Function<String, Answer> ask, BooleanSupplier settled) {
        List<Answer> answers = new ArrayList<>();
        for (String path : paths(port)) {
            if (forbidden.test(path)) {
                continue;
            }
            if (path.equals(MODELS) && uvicorn(answers) && !forbidden.test(OPEN_API)) {
                Answer described = described(ask);
                answers.add(described);
                Optional<End> end = endAfter(OPEN_API, answers, settled);
                if (cancelsStreams(described) || end.isPresent()) {
                    return new Heard(cancelsStreams(described) ? End.CANCELS_STREAMS : end.get(), answers);
                }
            }
            answers.add(ask.apply(path));
            Optional<End> end = endAfter(path, answers, settled);
            if (end.isPresent()) {
                return new Heard(end.get(), answers);
            }
        }
        return new Heard(End.DONE, answers);
    }

    /** What the owner of a port may be asked, in order; {@link #OPEN_API} comes before the last where uvicorn answers. */
    static List<String> paths(int port) {
        return port == ServingPorts.LM_STUDIO ? List.of(MODELS) : PATHS;
    }

    /** A large description is made at the first request for it, which may take longer than one deadline; then it is kept. */
    private static Answer described(Function<String, Answer> ask) {
        Answer first = ask.apply(OPEN_API);
        boolean slow = first instanceof Answer.Failed failed && failed.reason() == Reason.TIMED_OUT;
        return slow ? ask.apply(OPEN_API) : first;
    }

    private static Optional<End> endAfter(String path, List<Answer> answers, BooleanSupplier settled) {
        Answer last = answers.get(answers.size() - 1);
        if (!(last instanceof Received received)) {
            return Optional.of(End.SILENT);
        }
        if (path.equals(LIVELINESS) && received.ok() && received.body().contains("I'm alive!")) {
            return Optional.of(End.LITELLM);
        }
        if (mayTell(received) && settled.getAsBoolean()) {
            return Optional.of(End.SETTLED);
        }
        if (received.cut() && !path.equals(OPEN_API)) {
            return Optional.of(End.ENDLESS);
        }
        if (answers.size() == ENOUGH && answers.stream().allMatch(FirstContact::isPage)) {
            return Optional.of(End.WEB_PAGES);
        }
        return answers.size() == ENOUGH && answers.stream().allMatch(FirstContact::isClosed)
                ? Optional.of(End.CLOSED)
                : Optional.empty();
    }

    /** A 404 tells an adapter nothing that its headers do not tell at the next answer too. */
    private static boolean mayTell(Received received) {
        return received.ok() || received.status() == 401 || received.status() == 403 || received.status() == 503;
    }

    private static boolean isPage(Answer answer) {
        return answer instanceof Received received
                && received.header("content-type")
                        .map(type -> type.toLowerCase(Locale.ROOT).contains("text/html"))
                        .orElse(false);
    }

    private static boolean isClosed(Answer answer) {
        return answer.status() == 401 || answer.status() == 403;
    }

    private static boolean uvicorn(List<Answer> answers) {
        return answers.stream()
                .flatMap(answer -> answer.received().stream())
                .flatMap(received -> received.header("server").stream())
                .anyMatch(server -> server.toLowerCase(Locale.ROOT).contains("uvicorn"));
    }

    /**
     * llama-cpp-python cancels a running stream at GET /v1/models (abetlen/llama-cpp-python 0.3.36, measured with 0.3.30); its title
     * stands at the beginning of /openapi.json, which may be too large to be parsed.
     */
    private static boolean cancelsStreams(Answer described) {
        String beginning = described
                .received()
                .map(Received::body)
                .map(body -> body.substring(0, Math.min(body.length(), TITLE_WITHIN)))
                .orElse("");
        return beginning.contains("llama.cpp Python API");
    }
}
