// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Makes rates and windowed quantiles of readings. Holds nothing: the history is the caller's. */
@ConsumerType
@FunctionalInterface
public interface RateDeriver {
    /**
     * The figures at the last reading: its own, and what the window makes of counters, ratios and histograms.
     *
     * @param window oldest first, at least one; readings of equal stamps are one reading
     */
    Figures<Metric> derive(List<Reading> window);
}
