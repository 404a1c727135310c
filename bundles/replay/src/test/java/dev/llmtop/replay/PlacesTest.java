// SPDX-License-Identifier: MIT
package dev.llmtop.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {
    private final Places places =
            new Places(Instant.parse("2026-11-24T23:58:00.500Z"), Duration.ofSeconds(100), Duration.ofSeconds(600));

    @ParameterizedTest
    @CsvSource({
        "start,0",
        "end,600",
        "50%,300",
        "12.5%,75",
        "0%,0",
        "250%,600",
        "1:30,90",
        "0:05,5",
        "90s,90",
        "90,90",
        "1.5s,1.5",
        "1m,60",
        "1m30s,90",
        "1h,600",
        "+10s,110",
        "-1m,40",
        "-1h,0",
        "+1h,600",
        "2026-11-24T23:59:00.500Z,60",
        "2026-11-24T00:00:00Z,0"
    })
    void aPlaceIsUnderstood(String words, double seconds) {
        assertThat(places.find(words)).isEqualTo(Duration.ofMillis(Math.round(seconds * 1_000)));
    }

    @Test
    void aTimeOfDayIsTheSecondThatItNamesAlsoAfterMidnight() {
        assertThat(places.find("23:58:00")).isEqualTo(Duration.ofMillis(499));
        assertThat(places.find("00:00:10")).isEqualTo(Duration.ofMillis(130_499));
        assertThat(places.find("12:00:00")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "half",
                "5 %",
                "%",
                "+",
                "1:2",
                "25:00:00",
                "1:2:3:4",
                "2026-13-01T00:00:00Z",
                "99999999999h",
                "\u001b[0m"
            })
    void whatIsNoPlaceSaysWhatIs(String words) {
        assertThatThrownBy(() -> places.find(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(Places.TAKEN)
                .hasMessageNotContaining("\u001b");
    }
}
