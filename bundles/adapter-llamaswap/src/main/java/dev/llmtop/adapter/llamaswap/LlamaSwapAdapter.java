// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamaswap;

import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.EngineAdapter;
import dev.llmtop.spi.EngineType;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Strength;
import java.time.Duration;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * llama-swap: a router that starts a model's server at a request and ends it later. A GET of {@code /unload} ends all of them, and
 * whatever names a model starts it: neither is ever sent.
 */
@Component(name = "dev.llmtop.adapter.llamaswap")
@EngineType(
        kind = "llamaswap",
        title = "llama-swap",
        ports = 8080,
        commands = "exe:llama-swap",
        paths = {"/running", "/api/version", "/v1/models"},
        children = EngineType.Children.BACKENDS)
public final class LlamaSwapAdapter implements EngineAdapter {
    private static final String OF_BACKENDS =
            "llama-swap has figures of the machine only, and of its last 1,000 requests; see its backends";

    private static final Get RUNNING = Get.of("/running");
    private static final Get RUNNING_SOON = RUNNING.maxAge(Duration.ofSeconds(1));
    private static final Get VERSION = Get.of("/api/version").maxAge(Duration.ofSeconds(5));
    private static final Get MODELS = Get.of("/v1/models").maxAge(Duration.ofSeconds(5));

    /** Stateless. */
    @Activate
    public LlamaSwapAdapter() {}

    @Override
    public Match detect(Candidate candidate, Probe probe) {
        if (!candidate.listening()) {
            return candidate.hintedAs("llamaswap")
                    ? Match.of(Strength.HINTED)
                            .state(State.LOADING)
                            .because("process", "its program is llama-swap; it does not listen yet")
                            .build()
                    : Match.none();
        }
        return new LlamaSwapIdentity(probe.get(RUNNING_SOON), probe.get(VERSION), probe.get(MODELS)).match(candidate);
    }

    @Override
    public Description describe(Engine engine, Probe probe) {
        if (!engine.candidate().listening()) {
            Answer none = new Answer.Failed(Reason.LOADING, "it does not listen yet", Stamp.now());
            return LlamaSwapDescriber.describe(none, none, none);
        }
        Answer version = probe.get(VERSION.maxAge(Get.ONCE));
        return LlamaSwapDescriber.describe(probe.get(RUNNING_SOON), version, probe.get(MODELS));
    }

    @Override
    public Reading metrics(Engine engine, Probe probe) {
        Answer answer = engine.candidate().listening()
                ? probe.get(RUNNING)
                : new Answer.Failed(Reason.LOADING, "it does not listen yet", Stamp.now());
        Optional<Running> running = Running.of(answer.okJson());
        Reading.Builder into = Reading.builder(answer.stamp());
        // Behind a key there would be no figure either.
        boolean answered = running.isPresent() || LlamaSwapIdentity.isClosed(answer);
        for (Metric metric : Metric.values()) {
            if (metric != Metric.TOKENS_PER_JOULE && answered) {
                into.unavailable(metric, Reason.NOT_EXPORTED, OF_BACKENDS);
            } else if (metric != Metric.TOKENS_PER_JOULE) {
                into.unavailable(metric, answer.reason(), "/running: " + answer.detail());
            }
        }
        running.ifPresent(
                known -> into.state(State.READY).changed(known.models().toString()));
        if (LlamaSwapIdentity.isClosed(answer)) {
            into.state(State.BLOCKED);
        } else if (answer.reason() == Reason.LOADING && running.isEmpty()) {
            into.state(State.LOADING);
        }
        return into.build();
    }
}
