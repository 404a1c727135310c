// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.model.Numbers;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The busy share of each processor that is online. One that has just come shows at its second sample. */
final class CoreLoads {
    private static final Value<Numbers> FIRST = Value.unavailable(Reason.NO_SAMPLE_YET, "needs two samples");

    private final Map<Long, CpuLoad> loads = new HashMap<>();

    /** Takes one reading of {@code /proc/stat}: its lines {@code cpu0}, {@code cpu1} ... stand together, in order. */
    Value<Numbers> next(Bytes lines) {
        List<Double> shares = new ArrayList<>();
        boolean any = false;
        for (Bytes line = lines.line(); line != null && line.skip("cpu"); line = lines.line()) {
            // The first line, of all processors, has a blank there; a machine with processors offline skips numbers.
            long core = line.decimalHere();
            if (core >= 0) {
                any = true;
                loads.computeIfAbsent(core, unused -> new CpuLoad())
                        .nextOf(line)
                        .known()
                        .ifPresent(shares::add);
            }
        }
        if (!any) {
            return Value.unavailable(Reason.NO_PERMISSION, "/proc/stat cannot be read");
        }
        return shares.isEmpty() ? FIRST : Value.of(new Numbers(shares));
    }
}
