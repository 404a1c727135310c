// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The command line, understood.
 *
 * @param mode what was asked for
 * @param values the typed value of every option that was given
 * @param configDirectory where {@code --config} points
 * @param recorded what is replayed; absent for the live machine
 */
record Arguments(
        Mode mode, Map<Setting, Object> values, Optional<String> configDirectory, Optional<Recorded> recorded) {
    Arguments {
        values = values.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(values));
    }

    /** Of the live machine. */
    Arguments(Mode mode, Map<Setting, Object> values, Optional<String> configDirectory) {
        this(mode, values, configDirectory, Optional.empty());
    }
}
