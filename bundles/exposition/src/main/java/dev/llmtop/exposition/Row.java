// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import dev.llmtop.model.Metric;
import dev.llmtop.spi.Reading;
import java.util.List;

/** One row of a {@link SeriesTable}: from series to a figure. */
interface Row {
    /** The metrics that it feeds. */
    List<Metric> metrics();

    /** The names of the samples that it reads, without the table's prefix. */
    List<String> names();

    /** Of these, the names that hold the figure itself: what a person is told is missing. */
    default List<String> holders() {
        return names();
    }

    /** Reads its figure; {@code false} where its series are not there, so that the next row for the metric may try. */
    boolean read(View view, Reading.Builder into, String path);

    /** Whether a series is a gauge, or has no type that says otherwise. */
    static boolean isGauge(Sample sample) {
        FamilyType type = sample.family().type();
        return type == FamilyType.GAUGE || type == FamilyType.UNTYPED;
    }

    /** Whether a series tells facts in its labels, or which of several states holds. */
    static boolean isInfo(Sample sample) {
        FamilyType type = sample.family().type();
        return type == FamilyType.INFO || type == FamilyType.STATE_SET || isGauge(sample);
    }

    /**
     * Whether a series only grows: a counter, or the sum or count of a histogram or summary. Without a type the row's word counts.
     * A gauge does not grow, whatever it is called.
     */
    static boolean isCounter(Sample sample) {
        return switch (sample.family().type()) {
            case COUNTER, UNTYPED -> true;
            case HISTOGRAM, SUMMARY ->
                sample.name().endsWith("_sum") || sample.name().endsWith("_count");
            case GAUGE, GAUGE_HISTOGRAM, INFO, STATE_SET -> false;
        };
    }
}
