// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.FieldShape.Field;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.HashMap;
import java.util.Map;

/** Differences of counters over time, by their keys. A counter that went back tells nothing this time. */
final class CounterRates {
    private final Map<String, Seen> seen = new HashMap<>();

    private record Seen(long number, long micros) {}

    /** Steps a second since the same key was seen before. */
    Value<Double> perSecond(String key, Field field) {
        Seen now =
                new Seen(field.number().longValue(), field.micros() > 0 ? field.micros() : System.nanoTime() / 1_000);
        Seen before = seen.put(key, now);
        if (before == null) {
            return Value.unavailable(Reason.NO_SAMPLE_YET, "a rate needs two samples");
        }
        if (now.micros() <= before.micros()) {
            // The driver has no newer count: what was before stays the older end.
            seen.put(key, before);
            return Value.unavailable(Reason.NO_SAMPLE_YET, "the driver has not counted since");
        }
        if (now.number() < before.number()) {
            return Value.unavailable(Reason.NO_SAMPLE_YET, "the counter went back to a smaller value");
        }
        return Value.of((now.number() - before.number()) * 1e6 / (now.micros() - before.micros()));
    }
}
