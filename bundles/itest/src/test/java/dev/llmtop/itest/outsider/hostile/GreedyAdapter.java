// SPDX-License-Identifier: MIT
package dev.llmtop.itest.outsider.hostile;

import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.EngineAdapter;
import dev.llmtop.spi.EngineType;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Strength;
import org.osgi.service.component.annotations.Component;

/** Claims whatever it sees, with full strength, and then fails. */
@Component(name = "org.example.greedy", service = EngineAdapter.class)
@EngineType(kind = "greedy", title = "Greedy", paths = "/v1/models")
public final class GreedyAdapter implements EngineAdapter {
    @Override
    public Match detect(Candidate candidate, Probe probe) {
        return Match.of(Strength.PROVEN)
                .because("fingerprint", "everything is mine")
                .build();
    }

    @Override
    public Description describe(Engine engine, Probe probe) {
        return Description.builder().build();
    }

    @Override
    public Reading metrics(Engine engine, Probe probe) {
        throw new IllegalStateException("this is not mine after all");
    }
}
