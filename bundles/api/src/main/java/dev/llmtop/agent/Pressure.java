// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import java.util.Locale;
import java.util.Optional;

/** How near a value is to where it hurts. The same bounds for the screen, the report and events. */
public enum Pressure {
    NONE,
    WARN,
    CRITICAL;

    /** Of a KV cache: 80 %, 95 %. */
    public static Pressure ofKvCache(double usedRatio) {
        return of(usedRatio, 0.80, 0.95);
    }

    /** Of GPU memory, or of memory that CPU and GPU share: 90 %, 97 %. */
    public static Pressure ofMemory(double usedRatio) {
        return of(usedRatio, 0.90, 0.97);
    }

    /** Of preemptions: any, more than one a second. */
    public static Pressure ofPreemptions(double perSecond) {
        return perSecond > 1 ? CRITICAL : perSecond > 0 ? WARN : NONE;
    }

    /** Of the 99th percentile of the time to the first token: 2 s, 10 s. */
    public static Pressure ofTimeToFirstToken(double p99Seconds) {
        return of(p99Seconds, 2, 10);
    }

    /** Of the age of figures: 3 ticks, 10 ticks. */
    public static Pressure ofAge(double ageSeconds, double tickSeconds) {
        return tickSeconds <= 0 ? NONE : of(ageSeconds / tickSeconds, 3, 10);
    }

    /** Of a GPU's temperature: 10 degrees below its slowdown; thermal throttling is critical. */
    public static Pressure ofTemperature(Gpu gpu) {
        if (gpu.throttle().stream()
                .anyMatch(reason -> reason.toLowerCase(Locale.ROOT).contains("therm"))) {
            return CRITICAL;
        }
        Optional<Double> now = gpu.figures().number(GpuMetric.TEMPERATURE_CELSIUS);
        Optional<Double> slowdown = gpu.figures().number(GpuMetric.TEMPERATURE_SLOWDOWN_CELSIUS);
        return now.isPresent() && slowdown.isPresent() && now.get() >= slowdown.get() - 10 ? WARN : NONE;
    }

    private static Pressure of(double value, double warn, double critical) {
        return value >= critical ? CRITICAL : value >= warn ? WARN : NONE;
    }
}
