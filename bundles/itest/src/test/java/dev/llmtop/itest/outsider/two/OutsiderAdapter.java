// SPDX-License-Identifier: MIT
package dev.llmtop.itest.outsider.two;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Metric;
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
import dev.llmtop.spi.Strength;
import org.osgi.service.component.annotations.Component;

/** The same adapter, next version: it says another title and more of the model. */
@Component(name = "org.example.outsider", service = EngineAdapter.class)
@EngineType(
        kind = "outsider",
        title = "Outsider Two",
        paths = {"/v1/models", "/outsider/status"})
public final class OutsiderAdapter implements EngineAdapter {
    @Override
    public Match detect(Candidate candidate, Probe probe) {
        String owner =
                probe.get(Get.of("/v1/models")).okJson().findPath("owned_by").asText();
        return owner.equals("outsider")
                ? Match.of(Strength.DISTINCTIVE)
                        .because("fingerprint", "/v1/models is owned by outsider")
                        .build()
                : Match.none();
    }

    @Override
    public Description describe(Engine engine, Probe probe) {
        return Description.builder()
                .version("2")
                .model(ServedModel.of("outside-model").build())
                .build();
    }

    @Override
    public Reading metrics(Engine engine, Probe probe) {
        Answer answer = probe.get(Get.of("/outsider/status"));
        JsonNode status = answer.okJson();
        return Reading.builder(answer.stamp())
                .gauge(Metric.RUNNING, status.path("busy").asInt())
                .counter(Counter.GENERATION_TOKENS, "", status.path("tokens").asDouble(), Basis.LIVE)
                .build();
    }
}
