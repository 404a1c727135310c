// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Reading.CountKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History(Duration.ofSeconds(60));

    @Test
    void whatIsOlderThanTheWindowLeaves() {
        for (int second = 0; second <= 100; second++) {
            history.add(Made.generated(Made.at(second), second));
        }
        assertThat(history.window()).hasSize(61);
        assertThat(tokens(history.window().get(0))).isEqualTo(40);
    }

    @Test
    void theLastTwoStayHoweverOld() {
        history.add(Made.generated(Made.at(0), 1));
        history.add(Made.generated(Made.at(3_600), 2));
        history.add(Made.generated(Made.at(7_200), 3));
        assertThat(history.window()).extracting(HistoryTest::tokens).containsExactly(2.0, 3.0);
    }

    @Test
    void oneStampIsOneReadingAndAnOlderOneIsLeftOut() {
        history.add(Made.generated(Made.at(5), 1));
        history.add(Made.generated(Made.at(5), 2));
        history.add(Made.generated(Made.at(4), 3));
        assertThat(history.window()).extracting(HistoryTest::tokens).containsExactly(2.0);
    }

    @Test
    void itIsBoundedWhateverComes() {
        for (int at = 0; at < 5_000; at++) {
            history.add(Made.generated(Made.at(at / 1_000.0), at));
        }
        assertThat(history.window()).hasSize(1_024);
    }

    private static double tokens(Reading reading) {
        return reading.counts().get(new CountKey(Counter.GENERATION_TOKENS, "", ""));
    }
}
