// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import org.junit.jupiter.api.Test;

class GapsTest {
    private static final Figures<Metric> WHY = Figures.of(Metric.class)
            .putNumber(Metric.RUNNING, 2)
            .putUnavailable(Metric.MODEL_LOAD_PROGRESS_RATIO, Reason.NOT_EXPORTED, "it tells nothing while it loads")
            .build();

    @Test
    void whyTheProgressOfALoadIsNotKnownIsSaidOfWhatLoadsOnly() {
        assertThat(Gaps.applying(WHY, true)).isEqualTo(WHY);
        assertThat(Gaps.applying(WHY, false).asMap()).containsOnlyKeys(Metric.RUNNING);
    }

    @Test
    void aProgressThatIsKnownStands() {
        Figures<Metric> known = Figures.of(Metric.class)
                .putNumber(Metric.MODEL_LOAD_PROGRESS_RATIO, 0.4)
                .build();
        assertThat(Gaps.applying(known, false)).isEqualTo(known);
    }
}
