// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.ServedModel;
import java.util.Locale;
import java.util.Optional;

/**
 * The server of llama-cpp-python. {@code GET /v1/models} takes the lock of its model and cancels a stream that runs
 * (abetlen/llama-cpp-python, llama_cpp/server/app.py; measured with 0.3.30), so its models are known by its command line alone.
 */
final class PythonServer {
    private static final String TITLE = "llama.cpp Python API";
    private static final int TITLE_WITHIN = 4_096;

    private PythonServer() {}

    /** Whether an answer comes from the web server that it runs in; only such a one need be asked to describe itself. */
    static boolean mayBe(Answer answer) {
        return answer.received()
                .flatMap(received -> received.header("server"))
                .filter(server -> server.toLowerCase(Locale.ROOT).contains("uvicorn"))
                .isPresent();
    }

    /** Whether a description of an API is titled as its. It may be too large to be parsed; the title stands at its beginning. */
    static boolean describes(Answer answer) {
        String title = answer.okJson().path("info").path("title").asText();
        String beginning = answer.received()
                .filter(received -> received.ok())
                .map(received -> received.body())
                .map(body -> body.substring(0, Math.min(body.length(), TITLE_WITHIN)))
                .orElse("");
        return title.endsWith(TITLE) || title.isEmpty() && beginning.contains(TITLE);
    }

    static Description describe(Engine engine, Probe probe, Get openApi) {
        Description.Builder description = Description.builder();
        if (engine.candidate().listening()) {
            Answer answer = probe.get(openApi);
            JsonNode version = answer.okJson().path("info").path("version");
            description.version(
                    version.isTextual()
                            ? Value.of(version.asText())
                            : Value.unavailable(answer.reason(), "/openapi.json: " + answer.detail()));
        } else {
            description.state(State.LOADING).version(Value.unavailable(Reason.LOADING, "it does not listen yet"));
        }
        description.unavailable(
                "models",
                Reason.NOT_SAFE,
                "GET /v1/models of llama-cpp-python cancels a stream that runs; the command line alone tells");
        engine.candidate().launch().flatMap(PythonServer::model).ifPresent(description::model);
        return description.build();
    }

    private static Optional<ServedModel> model(Launch launch) {
        Optional<String> file = launch.option("--model")
                .or(() -> Optional.ofNullable(launch.environment().get("MODEL")));
        Optional<String> id = launch.option("--model-alias").or(() -> file);
        return id.map(name -> {
            ServedModel.Builder model = ServedModel.of(name);
            file.ifPresent(path -> model.fact(Fact.ROOT, path));
            long context = launch.number("--n-ctx").orElse(0);
            if (context > 0) {
                model.fact(Fact.CONTEXT_TOKENS, context);
            } else {
                model.unavailable(Fact.CONTEXT_TOKENS, Reason.NOT_EXPORTED, "--n_ctx is not on its command line");
            }
            return model.build();
        });
    }
}
