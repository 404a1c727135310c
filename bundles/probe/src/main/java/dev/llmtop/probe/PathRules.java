// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.spi.Get;
import java.util.Set;

/** Which requests may leave. A template is declared or it is not: nothing is matched, normalized or guessed. */
final class PathRules {
    private static final int MOST_CHARACTERS = 4_096;

    private PathRules() {}

    /** The path as it may be sent: declared, filled, and nothing in it that a server might read in another way. */
    static String checked(Get request, Set<String> declared) throws NotSafe {
        if (!declared.contains(request.template())) {
            throw new NotSafe("GET " + request.template() + " is not among the declared paths");
        }
        String path;
        try {
            path = request.path();
        } catch (IllegalArgumentException unfilled) {
            throw new NotSafe("GET " + request.template() + " has a placeholder without a value");
        }
        if (!isSafe(path)) {
            throw new NotSafe("GET " + request.template() + " would become an unsafe path");
        }
        return path;
    }

    private static boolean isSafe(String path) {
        if (!path.startsWith("/") || path.startsWith("//") || path.length() > MOST_CHARACTERS || path.contains("..")) {
            return false;
        }
        for (int at = 0; at < path.length(); at++) {
            char character = path.charAt(at);
            if (character <= ' ' || character >= 0x7f || "#\\\"<>{}|^`".indexOf(character) >= 0) {
                return false;
            }
            if (character == '%' && !isSafeEscape(path, at)) {
                return false;
            }
        }
        return true;
    }

    /** A control character in a model's name is no name: some server would write it into its log or a path. */
    private static boolean isSafeEscape(String path, int at) {
        if (at + 2 >= path.length()) {
            return false;
        }
        int high = Character.digit(path.charAt(at + 1), 16);
        int low = Character.digit(path.charAt(at + 2), 16);
        int value = high * 16 + low;
        return high >= 0 && low >= 0 && value >= 0x20 && value != 0x7f;
    }

    /** A request that may not leave. */
    static final class NotSafe extends Exception {
        private static final long serialVersionUID = 1;

        NotSafe(String detail) {
            super(detail, null, false, false);
        }

        String detail() {
            return String.valueOf(getMessage());
        }
    }
}
