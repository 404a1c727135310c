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
import org.osgi.service.component.annotations.Component;

/** Throws whatever it is asked, with a secret in the message. */
@Component(name = "org.example.throwing", service = EngineAdapter.class)
@EngineType(kind = "throwing", title = "Throwing", paths = "/v1/models")
public final class ThrowingAdapter implements EngineAdapter {
    @Override
    public Match detect(Candidate candidate, Probe probe) {
        throw new IllegalStateException("out of order, token=sk-verysecret123");
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
