// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Pressure;
import dev.llmtop.tui.state.RowId;
import dev.llmtop.tui.state.Scene;
import dev.llmtop.tui.state.Trends.Trend;
import java.time.Duration;

/** How long requests have waited: any for 5 s is a warning, more than run for 30 s is critical. */
final class WaitingPressure {
    private static final Duration WARN_AFTER = Duration.ofSeconds(5);
    private static final Duration CRITICAL_AFTER = Duration.ofSeconds(30);

    private final Scene scene;
    private final double tickSeconds;

    WaitingPressure(Scene scene) {
        this.scene = scene;
        this.tickSeconds = Math.max(0.1, scene.snapshot().agent().tickSeconds());
    }

    Pressure of(RowId row) {
        double[] waiting = series(row, Trend.WAITING, CRITICAL_AFTER);
        if (waiting.length == 0 || !(waiting[waiting.length - 1] > 0)) {
            return Pressure.NONE;
        }
        if (exceeds(waiting, series(row, Trend.RUNNING, CRITICAL_AFTER))) {
            return Pressure.CRITICAL;
        }
        return exceeds(series(row, Trend.WAITING, WARN_AFTER), new double[0]) ? Pressure.WARN : Pressure.NONE;
    }

    private double[] series(RowId row, Trend trend, Duration window) {
        int points = (int) Math.max(1, Math.round(window.toMillis() / 1_000.0 / tickSeconds));
        return scene.trends().series(row, trend, window, points);
    }

    /** Whether it was greater all the time: known at the beginning and at the end, and never not greater between. */
    private static boolean exceeds(double[] values, double[] bounds) {
        if (values.length == 0 || Double.isNaN(values[0]) && (values.length < 3 || Double.isNaN(values[1]))) {
            return false;
        }
        for (int at = 0; at < values.length; at++) {
            double bound = at < bounds.length ? bounds[at] : 0;
            if (values[at] <= bound) {
                return false;
            }
        }
        return values[values.length - 1] > 0;
    }
}
