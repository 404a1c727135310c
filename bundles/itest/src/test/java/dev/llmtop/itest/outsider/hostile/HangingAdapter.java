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

/** Never returns, and does not listen to an interrupt either. */
@Component(name = "org.example.hanging", service = EngineAdapter.class)
@EngineType(kind = "hanging", title = "Hanging", paths = "/v1/models")
public final class HangingAdapter implements EngineAdapter {
    @Override
    public Match detect(Candidate candidate, Probe probe) {
        while (true) {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException ignored) {
                // That is the point.
            }
        }
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
