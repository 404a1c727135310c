// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PaceTest {
    private static final long MILLI = 1_000_000;

    @Test
    void atMost20AtAnyLongerTime() {
        Pace pace = new Pace(0);
        long now = 0;
        int frames = 0;
        while (now < 10_000 * MILLI) {
            now += Math.max(0, pace.left(now));
            pace.drawn(now);
            frames++;
            now += MILLI;
        }
        assertThat(frames).isBetween(195, 203);
    }

    @Test
    void aKeyRightAfterATickIsAnsweredAtOnce() {
        Pace pace = new Pace(0);
        long tick = 5_000 * MILLI;
        assertThat(pace.left(tick)).isNotPositive();
        pace.drawn(tick);
        assertThat(pace.left(tick + 2 * MILLI)).isNotPositive();
        pace.drawn(tick + 2 * MILLI);
        assertThat(pace.left(tick + 3 * MILLI)).isLessThanOrEqualTo(50 * MILLI);
    }
}
