// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.model.Value.Unavailable;
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
import java.time.Duration;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Ollama, with its runners as parts of it. Nothing that it asks moves the time at which a model is unloaded. */
@Component(name = "dev.llmtop.adapter.ollama")
@EngineType(
        kind = "ollama",
        title = "Ollama",
        ports = 11434,
        commands = {"exe:ollama serve", "exe:ollama start"},
        paths = {"/", "/api/version", "/api/ps", "/api/tags", "/v1/models"},
        memberPaths = {"/slots", "/health", "/v1/status"})
public final class OllamaAdapter implements EngineAdapter {
    private static final Get VERSION = Get.of("/api/version").maxAge(Get.ONCE);
    private static final Get MODELS = Get.of("/v1/models").maxAge(Duration.ofSeconds(30));
    private static final Get INSTALLED = Get.of("/api/tags").maxAge(Duration.ofMinutes(1));
    private static final Get RESIDENT = Get.of("/api/ps").maxAge(Duration.ofSeconds(5));
    private static final Get GREETING = Get.of("/").maxAge(Get.ONCE);

    /** A description follows the figures of the same tick: it takes what those heard. */
    private static final Duration JUST_HEARD = Duration.ofSeconds(2);

    /** Stateless. */
    @Activate
    public OllamaAdapter() {}

    /** {@code /v1/models} is asked only where {@code /api/version} fits: there are servers that it would disturb. */
    @Override
    public Match detect(Candidate candidate, Probe probe) {
        OllamaIdentity identity = new OllamaIdentity(candidate.hintedAs("ollama"));
        if (!candidate.listening()) {
            return identity.silent();
        }
        Answer version = probe.get(VERSION);
        Optional<Match> early = identity.judge(version);
        if (early.isPresent()) {
            return early.get();
        }
        return identity.judge(version, probe.get(MODELS))
                .orElseGet(() -> candidate.hintedAs("ollama")
                        ? identity.judgeGreeting(probe.get(GREETING))
                        : identity.judgeEmpty(probe.get(INSTALLED), probe.get(RESIDENT)));
    }

    @Override
    public Description describe(Engine engine, Probe probe) {
        Description.Builder description = Description.builder();
        OllamaConfig.describe(engine.candidate(), description);
        if (!engine.candidate().listening()) {
            return description
                    .state(State.LOADING)
                    .version(Value.unavailable(Reason.LOADING, "the server does not listen yet"))
                    .unavailable("models", Reason.LOADING, "the server does not listen yet")
                    .build();
        }
        Answer version = probe.get(VERSION);
        description.version(OllamaIdentity.version(version)
                .map(Value::of)
                .orElseGet(() -> Value.unavailable(version.reason(), "/api/version: " + version.detail())));
        Scene scene = Scene.of(probe, JUST_HEARD);
        scene.loaded()
                .ifPresent(loaded ->
                        new OllamaModels(description).describe(loaded, scene.assignment(), scene.installed()));
        whatIsMissing(scene, description);
        return description.build();
    }

    /** A model of which one list knows is shown though the other list did not come. */
    private static void whatIsMissing(Scene scene, Description.Builder description) {
        Answer loaded = scene.loadedAnswer();
        Answer installed = scene.installedAnswer();
        if (scene.loaded().isEmpty()) {
            description.unavailable("models", loaded.reason(), Scene.LOADED + ": " + loaded.detail());
        } else if (!installed.okJson().path("models").isArray()) {
            description.unavailable("models", installed.reason(), Scene.INSTALLED + ": " + installed.detail());
        }
    }

    @Override
    public Reading metrics(Engine engine, Probe probe) {
        if (!engine.candidate().listening()) {
            return OllamaMetrics.nothing(
                    Stamp.now(), new Unavailable<>(Reason.LOADING, "the server does not listen yet"));
        }
        String version =
                engine.description().flatMap(known -> known.version().known()).orElse("");
        boolean processKnown = engine.candidate().launch().isPresent();
        return new OllamaMetrics(Scene.of(probe, Duration.ZERO), new Reasons(version, processKnown)).reading();
    }
}
