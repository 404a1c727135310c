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
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Strength;
import org.osgi.service.component.annotations.Component;

/** Wants to ask whatever it likes. */
@Component(name = "org.example.wildcard", service = EngineAdapter.class)
@EngineType(kind = "wildcard", title = "Wildcard", paths = "/v1/*")
public final class WildcardAdapter implements EngineAdapter {
    @Override
    public Match detect(Candidate candidate, Probe probe) {
        return Match.of(Strength.DISTINCTIVE).build();
    }

    @Override
    public Description describe(Engine engine, Probe probe) {
        return Description.builder().build();
    }

    @Override
    public Reading metrics(Engine engine, Probe probe) {
        return Reading.builder(Stamp.now()).build();
    }
}
