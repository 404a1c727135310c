// SPDX-License-Identifier: MIT
package dev.llmtop.rates;

import static dev.llmtop.model.Metric.PREFIX_CACHE_HIT_RATIO;
import static dev.llmtop.model.Metric.SPECULATIVE_ACCEPTANCE_BY_POSITION;
import static dev.llmtop.model.Metric.SPECULATIVE_ACCEPTED_PER_DRAFT;
import static dev.llmtop.rates.Readings.at;
import static dev.llmtop.rates.Readings.derive;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Numbers;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.Reading;
import org.junit.jupiter.api.Test;

class WindowRatiosTest {
    @Test
    void theRatioIsOverTheWholeWindow() {
        assertThat(derive(hits(0, 100, 400), hits(1, 400, 900), hits(2, 410, 900))
                        .number(PREFIX_CACHE_HIT_RATIO))
                .hasValue(310.0 / 500);
    }

    @Test
    void nothingQueriedInTheWindowIsNoZero() {
        assertThat(derive(hits(0, 100, 400), hits(1, 100, 400)).missing(PREFIX_CACHE_HIT_RATIO))
                .hasValueSatisfying(missing -> assertThat(missing.reason()).isEqualTo(Reason.NO_SAMPLE_YET));
        assertThat(derive(hits(0, 100, 400)).missing(PREFIX_CACHE_HIT_RATIO)).isPresent();
    }

    @Test
    void aStepWithAResetIsLeftOut() {
        assertThat(derive(hits(0, 100, 400), hits(1, 0, 0), hits(2, 5, 10)).number(PREFIX_CACHE_HIT_RATIO))
                .hasValue(0.5);
    }

    @Test
    void seriesAreWeighedByWhatTheyCounted() {
        Reading before = at(0).fraction(PREFIX_CACHE_HIT_RATIO, "", "0", 0, 0)
                .fraction(PREFIX_CACHE_HIT_RATIO, "", "1", 0, 0)
                .build();
        Reading after = at(1).fraction(PREFIX_CACHE_HIT_RATIO, "", "0", 90, 100)
                .fraction(PREFIX_CACHE_HIT_RATIO, "", "1", 0, 300)
                .build();
        assertThat(derive(before, after).number(PREFIX_CACHE_HIT_RATIO)).hasValue(90.0 / 400);
    }

    @Test
    void aRatioIsNeverAboveOne() {
        assertThat(derive(hits(0, 0, 0), hits(1, 30, 20)).number(PREFIX_CACHE_HIT_RATIO))
                .hasValue(1.0);
    }

    @Test
    void acceptedPerDraftIsANumberAboveOne() {
        Reading before =
                at(0).fraction(SPECULATIVE_ACCEPTED_PER_DRAFT, "", "", 0, 0).build();
        Reading after =
                at(1).fraction(SPECULATIVE_ACCEPTED_PER_DRAFT, "", "", 240, 100).build();
        assertThat(derive(before, after).number(SPECULATIVE_ACCEPTED_PER_DRAFT)).hasValue(2.4);
    }

    @Test
    void positionsStandInTheOrderOfTheirNumbers() {
        Reading.Builder before = at(0);
        Reading.Builder after = at(1);
        for (int position = 0; position < 12; position++) {
            before.fraction(SPECULATIVE_ACCEPTANCE_BY_POSITION, "" + position, "s", 0, 0);
            after.fraction(SPECULATIVE_ACCEPTANCE_BY_POSITION, "" + position, "s", 12 - position, 12);
        }
        assertThat(derive(before.build(), after.build())
                        .known(SPECULATIVE_ACCEPTANCE_BY_POSITION, Numbers.class)
                        .orElseThrow()
                        .values())
                .hasSize(12)
                .startsWith(1.0, 11.0 / 12, 10.0 / 12)
                .endsWith(2.0 / 12, 1.0 / 12);
    }

    @Test
    void positionsAfterAGapAreLeftOut() {
        Reading before = at(0).fraction(SPECULATIVE_ACCEPTANCE_BY_POSITION, "0", "", 0, 0)
                .fraction(SPECULATIVE_ACCEPTANCE_BY_POSITION, "2", "", 0, 0)
                .build();
        Reading after = at(1).fraction(SPECULATIVE_ACCEPTANCE_BY_POSITION, "0", "", 1, 2)
                .fraction(SPECULATIVE_ACCEPTANCE_BY_POSITION, "2", "", 2, 2)
                .build();
        assertThat(derive(before, after).known(SPECULATIVE_ACCEPTANCE_BY_POSITION, Numbers.class))
                .hasValueSatisfying(numbers -> assertThat(numbers.values()).containsExactly(0.5));
    }

    private static Reading hits(double seconds, double hits, double queries) {
        return at(seconds)
                .fraction(PREFIX_CACHE_HIT_RATIO, "", "engine=0", hits, queries)
                .build();
    }
}
