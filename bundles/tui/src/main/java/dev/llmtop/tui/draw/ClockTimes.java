// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.state.Scene;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants as the user's clock shows them: the shown moment stands on both clocks, and zones differ by quarters of an hour. */
final class ClockTimes {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final int QUARTER = 900;
    private static final int DAY = 86_400;

    private final ZoneOffset offset;

    ClockTimes(Scene scene) {
        LocalTime universal = scene.snapshot().time().atOffset(ZoneOffset.UTC).toLocalTime();
        int apart = scene.status().clock().toSecondOfDay() - universal.toSecondOfDay();
        int quarters = Math.round((float) apart / QUARTER) * QUARTER;
        int zone = quarters > DAY / 2 ? quarters - DAY : quarters < -DAY / 2 ? quarters + DAY : quarters;
        this.offset = ZoneOffset.ofTotalSeconds(zone);
    }

    String of(Instant instant) {
        return instant.atOffset(offset).toLocalTime().format(CLOCK);
    }
}
