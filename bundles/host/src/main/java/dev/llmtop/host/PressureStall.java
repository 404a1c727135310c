// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.model.Figures;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;

/** Pressure stall information: lines are {@code some avg10=1.21 avg60=...} in percent (Linux Documentation/accounting/psi.rst). */
final class PressureStall {
    private static final String ABSENT =
            "this kernel tells no pressure stall figures: it was built without PSI, or needs psi=1 at boot";

    private PressureStall() {}

    /** What one of {@code /proc/pressure/cpu}, {@code memory} and {@code io} says. */
    static void put(Figures.Builder<HostMetric> figures, Bytes lines, HostMetric some) {
        figures.put(some, share(lines.restart(), "some"));
    }

    /** The same, with the share of time in which all stalled. */
    static void put(Figures.Builder<HostMetric> figures, Bytes lines, HostMetric some, HostMetric full) {
        put(figures, lines, some);
        figures.put(full, share(lines.restart(), "full"));
    }

    private static Value<Double> share(Bytes lines, String which) {
        boolean any = false;
        for (Bytes line = lines.line(); line != null; line = lines.line()) {
            any = true;
            if (line.skip(which + " avg10=")) {
                return percent(line.field());
            }
        }
        return any
                ? Value.unavailable(Reason.MALFORMED, "the kernel's pressure figures have no " + which + " avg10")
                : Value.unavailable(Reason.NOT_SUPPORTED, ABSENT);
    }

    private static Value<Double> percent(String text) {
        return text.matches("\\d{1,3}(\\.\\d{1,6})?")
                ? Value.of(Math.min(1, Double.parseDouble(text) / 100))
                : Value.unavailable(Reason.MALFORMED, "the kernel's pressure figure is no percentage");
    }
}
