// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void theRateIsFixed() {
        assertThat(Schedule.following(1_000, 1_030, 1_200, 1_000)).isEqualTo(2_000);
    }

    @Test
    void missedTicksAreNotMadeUpFor() {
        assertThat(Schedule.following(1_000, 1_030, 4_600, 1_000)).isEqualTo(5_000);
        assertThat(Schedule.following(1_000, 1_030, 2_000, 1_000)).isEqualTo(2_000);
        assertThat(Schedule.following(1_000, 1_030, 2_001, 1_000)).isEqualTo(3_000);
    }

    @Test
    void betweenTwoScrapesLiesNearlyAWholeInterval() {
        assertThat(Schedule.following(1_000, 3_800, 3_900, 1_000)).isEqualTo(4_800);
        assertThat(Schedule.following(1_000, 1_090, 1_200, 1_000)).isEqualTo(2_000);
        assertThat(Schedule.following(1_000, 1_110, 1_200, 1_000)).isEqualTo(2_110);
    }

    @Test
    void timesMayWrapAround() {
        long planned = Long.MAX_VALUE - 500;
        assertThat(Schedule.following(planned, planned + 10, planned + 100, 1_000))
                .isEqualTo(planned + 1_000);
    }
}
