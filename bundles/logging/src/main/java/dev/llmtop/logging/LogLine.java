// SPDX-License-Identifier: MIT
package dev.llmtop.logging;

import dev.llmtop.agent.Redaction;
import dev.llmtop.model.Text;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Makes the one line of a message: cleaned, redacted, an exception in short. */
final class LogLine {
    /** More of a message is nobody's reading; the cut comes before redaction, which costs by length. */
    private static final int MOST_CHARACTERS = 4_000;

    private static final int MOST_CAUSES = 4;

    private LogLine() {}

    static String of(Instant time, Level level, String logger, String message, @Nullable Throwable thrown) {
        StringBuilder text = new StringBuilder(cut(message));
        if (thrown != null) {
            text.append(text.isEmpty() ? "" : ": ").append(brief(thrown));
        }
        return time.truncatedTo(ChronoUnit.MILLIS) + " " + level
                + " ".repeat(6 - level.name().length()) + "["
                + plain(Thread.currentThread().getName()) + "] " + plain(logger) + ": " + plain(cut(text.toString()));
    }

    private static String plain(String text) {
        return Text.clean(Redaction.text(text));
    }

    private static String cut(String text) {
        return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
    }

    /** Each exception with its message and the place that threw it; no stack. */
    private static String brief(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        Throwable at = thrown;
        for (int depth = 0; at != null && depth < MOST_CAUSES; depth++) {
            text.append(depth == 0 ? "" : " <- ").append(at.getClass().getName());
            if (at.getMessage() != null) {
                text.append(": ").append(at.getMessage());
            }
            StackTraceElement[] stack = at.getStackTrace();
            if (stack.length > 0) {
                text.append(" at ").append(stack[0]);
            }
            at = at.getCause();
        }
        return text.toString();
    }
}
