// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** What differs from what was expected, so that all of it is told at once. */
final class Differences {
    private static final double CLOSE = 1e-9;

    private final List<String> lines = new ArrayList<>();

    /** Compares where something is expected. */
    void same(String what, JsonNode expected, String made) {
        if (!expected.isMissingNode()) {
            same(what, expected.asText(), made);
        }
    }

    void same(String what, String expected, String made) {
        if (!expected.equals(made)) {
            lines.add(what + " is '" + made + "', not '" + expected + "'");
        }
    }

    void close(String what, double expected, double made) {
        if (!(Math.abs(expected - made) <= CLOSE * Math.max(1, Math.abs(expected)))) {
            lines.add(what + " is " + made + ", not " + expected);
        }
    }

    void isTrue(String what, boolean holds) {
        if (!holds) {
            lines.add("not so: " + what);
        }
    }

    void each(JsonNode section, BiConsumer<String, JsonNode> check) {
        section.fields().forEachRemaining(field -> check.accept(field.getKey(), field.getValue()));
    }

    void check() {
        if (!lines.isEmpty()) {
            throw new AssertionError(String.join("\n", lines));
        }
    }
}
