// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.litellm;

import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.EngineAdapter;
import dev.llmtop.spi.EngineType;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Streamed;
import dev.llmtop.spi.Strength;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The LiteLLM proxy: a router. Its {@code /health} sends a completion to every deployment and is never asked; {@code
 * /health/liveliness} has an answer that nobody else gives.
 */
@Component(name = "dev.llmtop.adapter.litellm")
@EngineType(
        kind = "litellm",
        title = "LiteLLM",
        ports = 4000,
        commands = {"script:litellm", "module:litellm", "module:litellm.proxy.proxy_cli"},
        paths = {
            "/health/liveliness",
            "/health/readiness",
            "/health/readiness/details",
            "/v1/models",
            "/model/info",
            "/metrics/"
        },
        children = EngineType.Children.BACKENDS)
public final class LiteLlmAdapter implements EngineAdapter {
    private static final Get LIVELINESS = Get.of("/health/liveliness").maxAge(Duration.ofSeconds(5));

    /** Stateless. */
    @Activate
    public LiteLlmAdapter() {}

    @Override
    public Match detect(Candidate candidate, Probe probe) {
        boolean hinted = candidate.hintedAs("litellm");
        if (!candidate.listening()) {
            boolean serves = candidate.launch().map(LiteLlmAdapter::serves).orElse(true);
            return hinted && serves ? hinted(State.LOADING, "it does not listen yet") : Match.none();
        }
        Answer answer = probe.get(LIVELINESS);
        if (answer.okJson().isTextual() && answer.okJson().asText().equals("I'm alive!")) {
            Match.Builder match = Match.of(hinted ? Strength.PROVEN : Strength.DISTINCTIVE);
            if (hinted) {
                match.because("process", "its command line is LiteLLM's proxy");
            }
            return match.because("fingerprint", "/health/liveliness answers as LiteLLM's proxy does")
                    .build();
        }
        if (!hinted || answer.status() == 404 || answer.status() == 200) {
            return Match.none();
        }
        State state = LiteLlmDescriber.isClosed(answer) ? State.BLOCKED : State.LOADING;
        return hinted(state, "/health/liveliness: " + answer.detail());
    }

    /** Its command line also has one-shot uses that never listen. */
    private static boolean serves(Launch launch) {
        return !launch.has("--test", "--test_async", "--health", "--version", "-v", "--help");
    }

    private static Match hinted(State state, String says) {
        return Match.of(Strength.HINTED)
                .state(state)
                .because("process", "its command line is LiteLLM's proxy; " + says)
                .build();
    }

    @Override
    public Description describe(Engine engine, Probe probe) {
        return LiteLlmDescriber.describe(engine, probe);
    }

    @Override
    public Reading metrics(Engine engine, Probe probe) {
        if (!engine.candidate().listening()) {
            return LiteLlmMetrics.reading(
                            new Streamed<>(
                                    0,
                                    Value.unavailable(Reason.LOADING, "the proxy does not listen yet"),
                                    false,
                                    Stamp.now()),
                            false)
                    .state(State.LOADING)
                    .build();
        }
        Streamed<SeriesPage> page = probe.stream(Get.of(LiteLlmMetrics.PATH), LiteLlmMetrics.reader());
        return LiteLlmMetrics.reading(
                        page,
                        engine.candidate().launch().map(LiteLlmAdapter::apart).orElse(false))
                .build();
    }

    /** Whether several processes share the port and keep their figures apart, or nobody can tell that they do not. */
    private static boolean apart(Launch launch) {
        return launch.number("--num_workers").orElse(1) > 1
                && !launch.environment().containsKey("PROMETHEUS_MULTIPROC_DIR");
    }
}
