// SPDX-License-Identifier: MIT
package dev.llmtop.logging;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where the log lies: {@code $XDG_STATE_HOME/llmtop/llmtop.log}, else {@code $HOME/.local/state/llmtop/llmtop.log}. */
final class LogPlace {
    private LogPlace() {}

    /**
     * The file; empty where no directory of this user is known. A relative directory does not count, as the XDG specification has it.
     *
     * @param environment the value of a variable, or {@code null}
     */
    static Optional<Path> of(UnaryOperator<@Nullable String> environment) {
        return directory(environment.apply("XDG_STATE_HOME"))
                .or(() -> directory(environment.apply("HOME")).map(home -> home.resolve(".local/state")))
                .map(state -> state.resolve("llmtop").resolve("llmtop.log"));
    }

    private static Optional<Path> directory(@Nullable String name) {
        try {
            return name == null || name.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Path.of(name)).filter(Path::isAbsolute);
        } catch (InvalidPathException nonsense) {
            return Optional.empty();
        }
    }
}
