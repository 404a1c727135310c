// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @Test
    void aRunningAgentWaitsAMomentAndAOneShotRunUntilTheDeadline() {
        assertThat(settings(false).patience(TIMEOUT, false)).isEqualTo(Duration.ofMillis(500));
        assertThat(settings(false).patience(TIMEOUT, true)).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings(true).patience(TIMEOUT, false)).isEqualTo(TIMEOUT);
    }

    @Test
    void nobodyWaitsLongerThanTheDeadline() {
        assertThat(settings(false).patience(Duration.ofMillis(100), true)).isEqualTo(Duration.ofMillis(100));
    }

    private static Settings settings(boolean complete) {
        return new Settings("1", Duration.ofSeconds(1), Duration.ofSeconds(60), true, complete);
    }
}
