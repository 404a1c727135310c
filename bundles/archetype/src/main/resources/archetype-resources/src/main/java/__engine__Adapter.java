// SPDX-License-Identifier: MIT
package ${package};

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.exposition.Combine;
import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.exposition.SeriesTable;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Counter;
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
import dev.llmtop.spi.Streamed;
import dev.llmtop.spi.Strength;
import java.time.Duration;
import org.osgi.service.component.annotations.Component;

/** Tells llmtop what an answer of ${engine} means. */
@Component(name = "${package}")
@EngineType(
        kind = "${kind}",
        title = "${engine}",
        ports = 8003,
        commands = {"exe:${kind}-server", "script:${kind}-server"},
        paths = {"/${kind}/status", "/metrics"})
public final class ${engine}Adapter implements EngineAdapter {
    private static final Get STATUS = Get.of("/${kind}/status").maxAge(Duration.ofSeconds(5));
    private static final String METRICS = "/metrics";

    /** One row a figure: of the names in a row, the first that the page has. */
    private static final SeriesTable TABLE = SeriesTable.prefix("${kind}_")
            .gauge(Metric.RUNNING, Combine.SUM, "requests_running")
            .gauge(Metric.WAITING, Combine.SUM, "requests_waiting")
            .counter(Counter.GENERATION_TOKENS, Basis.LIVE, "generated_tokens_total")
            .counter(Counter.REQUESTS, Basis.AT_REQUEST_END, "requests_finished_total");

    @Override
    public Match detect(Candidate candidate, Probe probe) {
        boolean hinted = candidate.hintedAs("${kind}");
        if (!candidate.listening()) {
            return hinted ? hinted(State.LOADING) : Match.none();
        }
        Answer status = probe.get(STATUS);
        if (status.okJson().path("server").asText().equals("${kind}")) {
            return Match.of(hinted ? Strength.PROVEN : Strength.DISTINCTIVE)
                    .because("fingerprint", "GET /${kind}/status says that it is ${kind}")
                    .build();
        }
        if (!hinted) {
            return Match.none();
        }
        return hinted(status.reason() == Reason.NEEDS_KEY ? State.BLOCKED : State.LOADING);
    }

    private static Match hinted(State state) {
        return Match.of(Strength.HINTED)
                .state(state)
                .because("process", "its program is ${kind}-server")
                .build();
    }

    @Override
    public Description describe(Engine engine, Probe probe) {
        Description.Builder description = Description.builder();
        if (!engine.candidate().listening()) {
            return description.unavailable("models", Reason.LOADING, "it does not listen yet").build();
        }
        Answer answer = probe.get(STATUS);
        JsonNode status = answer.okJson();
        if (!status.path("server").isTextual()) {
            return description
                    .version(Value.unavailable(answer.reason(), answer.detail()))
                    .unavailable("models", answer.reason(), answer.detail())
                    .build();
        }
        for (JsonNode model : status.path("models")) {
            description.model(ServedModel.of(model.path("id").asText()).build());
        }
        return description.version(status.path("version").asText()).build();
    }

    @Override
    public Reading metrics(Engine engine, Probe probe) {
        Streamed<SeriesPage> page = engine.candidate().listening()
                ? probe.stream(Get.of(METRICS), TABLE.reader())
                : new Streamed<>(0, Value.unavailable(Reason.LOADING, "it does not listen yet"), false, Stamp.now());
        Reading.Builder reading = TABLE.reading(METRICS, page);
        // A metric is a figure or has its reason. Say more where you know more: a flag that turns it on, a newer version.
        for (Metric metric : Metric.values()) {
            if (!reading.has(metric) && metric != Metric.TOKENS_PER_JOULE) {
                reading.unavailable(metric, Reason.NOT_EXPORTED, "${engine} has no such figure");
            }
        }
        return reading.build();
    }
}
