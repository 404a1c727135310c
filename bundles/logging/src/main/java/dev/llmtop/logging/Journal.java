// SPDX-License-Identifier: MIT
package dev.llmtop.logging;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes the lines of all loggers: to the file, and with debug to the errors as well. Safe for several threads. */
final class Journal {
    private final Optional<RotatedFile> file;
    private final Consumer<String> errors;
    private volatile boolean debug;

    /**
     * @param file empty where there is no place for one
     * @param errors takes every line while debug is on
     */
    Journal(Optional<RotatedFile> file, Consumer<String> errors, boolean debug) {
        this.file = file;
        this.errors = errors;
        this.debug = debug;
    }

    /** Whether details are logged, to the errors as well. */
    void debug(boolean on) {
        debug = on;
    }

    boolean takes(String logger, Level level) {
        return level.compareTo(Level.threshold(logger, debug)) >= 0;
    }

    /** A message that {@link #takes} let in. */
    void write(Level level, String logger, String message, @Nullable Throwable thrown) {
        String line = LogLine.of(Instant.now(), level, logger, message, thrown);
        file.ifPresent(open -> open.append(line));
        if (debug) {
            errors.accept(line);
        }
    }
}
