// SPDX-License-Identifier: MIT
package dev.llmtop.rates;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.spi.RateDeriver;
import dev.llmtop.spi.Reading;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The figures at the last reading of a window. What a counter, a ratio or a histogram feeds replaces what the reading itself says
 * of that metric, except that a known figure is never given up for a reason.
 */
@Component(name = "dev.llmtop.rates")
public final class Rates implements RateDeriver {
    /** Nothing to hold: the history is the caller's. */
    @Activate
    public Rates() {}

    @Override
    public Figures<Metric> derive(List<Reading> readings) {
        Window window = Window.of(readings);
        Outcome outcome = new Outcome(window.last().figures());
        CounterRates.derive(window, outcome);
        WindowRatios.derive(window, outcome);
        Distributions.derive(window, outcome);
        return outcome.figures();
    }
}
