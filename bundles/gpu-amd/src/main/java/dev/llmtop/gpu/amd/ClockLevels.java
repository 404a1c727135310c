// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.amd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The levels of a clock: lines {@code 1: 2660Mhz *}, where the star marks the one that holds; {@code S:} is deep sleep, and a clock
 * between two levels has no star.
 *
 * @param current in MHz
 * @param most the highest level in MHz
 */
record ClockLevels(Optional<Double> current, Optional<Double> most) {
    private static final Pattern LINE = Pattern.compile("(\\d+|S):\\s*(\\d{1,6})Mhz\\s*(\\*?)");

    static ClockLevels parse(String text) {
        List<Double> levels = new ArrayList<>();
        Optional<Double> current = Optional.empty();
        for (String line : text.split("\n")) {
            Matcher level = LINE.matcher(line.strip());
            if (level.matches()) {
                double megahertz = Double.parseDouble(level.group(2));
                levels.add(megahertz);
                current = level.group(3).isEmpty() ? current : Optional.of(megahertz);
            }
        }
        return new ClockLevels(current, levels.stream().max(Double::compare));
    }
}
