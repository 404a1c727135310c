// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.unknown;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.Metric;
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
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.ServedModel;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Strength;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/**
 * Claims what no other adapter knows, and shows it as that: an engine whose models can be listed, or a process that is known to be
 * an engine, without a single figure, and with the reason. Any stronger claim of another adapter wins.
 */
@Component(
        name = "dev.llmtop.adapter.unknown",
        service = EngineAdapter.class,
        property = "service.ranking:Integer=-1000")
@EngineType(
        kind = "unknown",
        title = "unknown",
        paths = {UnknownAdapter.MODELS, "/version", "/props", "/model_info", "/info", "/api/version", "/readiness"})
public final class UnknownAdapter implements EngineAdapter {
    static final String MODELS = "/v1/models";

    /** How evidence names the list: only an engine that was recognized by it is asked for it again. */
    static final String LIST = "models";

    static final String WHAT_HELPS = "no adapter for this kind of engine is installed; one is added with"
            + " felix:install file:/PATH/TO/ADAPTER.jar in llmtop --shell";

    /** What the first contact asked before: by then held, so that looking at it sends nothing. */
    private static final List<String> HEARD =
            List.of("/version", "/api/version", "/props", "/model_info", "/info", "/readiness");

    private static final Duration SELDOM = Duration.ofSeconds(30);
    private static final int MOST_MODELS = 200;

    @Override
    public Match detect(Candidate candidate, Probe probe) {
        boolean engine = candidate.holdsGpu() || !kinds(candidate).isEmpty();
        Answer models = probe.get(Get.of(MODELS).maxAge(SELDOM));
        if (isModelList(models.okJson())) {
            int count = models.okJson().path("data").size();
            return Match.of(Strength.GENERIC)
                    .title(title(candidate, "OpenAI-shaped"))
                    .because(LIST, "GET /v1/models is an OpenAI-shaped list of " + count)
                    .build();
        }
        return engine ? knownByItsProcess(candidate, probe, models) : Match.none();
    }

    @Override
    public Description describe(Engine engine, Probe probe) {
        Description.Builder description = Description.builder()
                .version(Value.unavailable(Reason.NOT_EXPORTED, WHAT_HELPS))
                .state(engine.match().state());
        boolean listed = engine.match().evidence().stream()
                .anyMatch(evidence -> evidence.signal().equals(LIST));
        if (!listed) {
            return description
                    .unavailable("models", Reason.NOT_EXPORTED, WHAT_HELPS)
                    .build();
        }
        Answer answer = probe.get(Get.of(MODELS).maxAge(SELDOM));
        JsonNode models = answer.okJson();
        if (!isModelList(models)) {
            return description
                    .unavailable("models", answer.reason(), answer.detail())
                    .build();
        }
        int kept = 0;
        for (JsonNode model : models.path("data")) {
            if (kept++ < MOST_MODELS) {
                description.model(ServedModel.of(model.path("id").asText()).build());
            }
        }
        return description.build();
    }

    /** Asks nothing: what an unknown server does at {@code /metrics} is unknown too. */
    @Override
    public Reading metrics(Engine engine, Probe probe) {
        Reading.Builder reading = Reading.builder(Stamp.now());
        for (Metric metric : Metric.values()) {
            reading.unavailable(metric, Reason.NOT_EXPORTED, WHAT_HELPS);
        }
        return reading.build();
    }

    /** A process that its command line or its GPU memory makes an engine, and that answers as a server of JSON does. */
    private static Match knownByItsProcess(Candidate candidate, Probe probe, Answer models) {
        Optional<Answer> json = HEARD.stream()
                .map(path -> probe.get(Get.of(path).maxAge(Get.ONCE)))
                .filter(answer -> answer.json().isContainerNode())
                .findFirst();
        if (json.isEmpty() && !models.json().isContainerNode()) {
            return Match.none();
        }
        boolean closed =
                isClosed(models) || json.filter(UnknownAdapter::isClosed).isPresent();
        return Match.of(Strength.GENERIC)
                .title(title(candidate, "unknown"))
                .state(closed ? State.BLOCKED : State.READY)
                .because("fingerprint", "its process is an engine's, and it answers JSON over HTTP")
                .build();
    }

    private static boolean isClosed(Answer answer) {
        return answer.status() == 401 || answer.status() == 403;
    }

    /** An engine that its command line names, but whose adapter is not there, goes by that name. */
    private static String title(Candidate candidate, String otherwise) {
        return kinds(candidate).stream().sorted().findFirst().orElse(otherwise);
    }

    private static List<String> kinds(Candidate candidate) {
        return candidate.hints().stream()
                .filter(hint -> !hint.equals(Candidate.HOLDS_GPU))
                .toList();
    }

    /** {@code {"object": "list", "data": [{"id": "..."}, ...]}}; an empty list may be null (Ollama). */
    private static boolean isModelList(JsonNode json) {
        JsonNode data = json.path("data");
        if (!json.path("object").asText().equals("list") || !(data.isArray() || data.isNull())) {
            return false;
        }
        for (JsonNode model : data) {
            if (!model.isObject() || !model.path("id").isTextual()) {
                return false;
            }
        }
        return true;
    }
}
