// SPDX-License-Identifier: MIT
package dev.llmtop.tui.sample;

import dev.llmtop.tui.state.RowId;
import dev.llmtop.tui.state.Trends;
import java.time.Duration;
import java.util.Arrays;

/** A history that waves, of one engine; of all others nothing is known. */
public final class Waves implements Trends {
    private final String engine;

    private Waves(String engine) {
        this.engine = engine;
    }

    public static Waves of(String engine) {
        return new Waves(engine);
    }

    @Override
    public double[] series(RowId row, Trend trend, Duration window, int points) {
        double[] values = new double[points];
        if (!row.equals(RowId.of(engine))) {
            Arrays.fill(values, Double.NaN);
            return values;
        }
        for (int at = 0; at < points; at++) {
            double turn = (double) at / points * 6 * Math.PI;
            values[at] = switch (trend) {
                case DECODE -> 120 + 60 * Math.sin(turn) * (double) at / points;
                case PREFILL -> Math.max(0, 1_210 * Math.sin(turn * 2));
                case RUNNING -> 3;
                case WAITING -> at % 4 == 0 ? 0 : 1;
                case KV -> 0.312;
            };
        }
        return values;
    }
}
