// SPDX-License-Identifier: MIT
package dev.llmtop.tui.details;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Source;
import dev.llmtop.model.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The fifth tab: further series of the engine as they were scraped, in whole. */
final class RawTab {
    private RawTab() {}

    static List<Line> lines(Subject subject, int columns) {
        Sheet sheet = new Sheet(columns);
        EngineSnapshot.Measured measured = subject.engine().measured();
        String paths = measured.sources().values().stream()
                .map(Source::path)
                .distinct()
                .collect(Collectors.joining(" "));
        String age = measured.freshness()
                .map(freshness -> String.format(Locale.ROOT, " %.1fs ago", freshness.ageSeconds()))
                .orElse("");
        int series = measured.extra().size();
        String title = (paths + age).strip();
        sheet.head((title.isEmpty() ? "" : title + ", ") + series + (series == 1 ? " series" : " further series"));
        for (Map.Entry<String, Double> entry : measured.extra().entrySet()) {
            sheet.indented("", 0, List.of(Span.of(entry.getKey() + " " + number(entry.getValue()))));
        }
        if (series == 0) {
            Optional<Value.Unavailable<?>> gap = subject.gap("metrics");
            sheet.labelled(
                    "series",
                    gap.map(Names::why).orElse(new Span[] {Span.dim("all that it exports stands in the other tabs")}));
        }
        return sheet.lines();
    }

    /** The number as it is, without an exponent where it stays short. */
    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        double magnitude = Math.abs(value);
        return magnitude >= 1e-6 && magnitude < 1e15
                ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }
}
