// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import java.util.List;

/** Writes ascending numbers short: {@code 0-3,6}. */
final class Ranges {
    private Ranges() {}

    static String of(List<Integer> ascending) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < ascending.size(); at++) {
            int first = ascending.get(at);
            int last = first;
            while (at + 1 < ascending.size() && ascending.get(at + 1) == last + 1) {
                last = ascending.get(++at);
            }
            text.append(text.isEmpty() ? "" : ",").append(first);
            if (last > first) {
                text.append(last == first + 1 ? "," : "-").append(last);
            }
        }
        return text.toString();
    }
}
