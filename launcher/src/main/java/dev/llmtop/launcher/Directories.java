// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The user's folders, by the XDG rules: a variable that is unset, empty or relative counts as absent, and HOME is the
 * fallback. Absent if there is no HOME either: the password file is not asked, since a service without HOME means it.
 *
 * @param cache {@code llmtop} below the cache folder: may be deleted at any time
 * @param data {@code llmtop} below the data folder: what must survive
 * @param configuration {@code llmtop} below the configuration folder
 */
record Directories(Optional<Path> cache, Optional<Path> data, Optional<Path> configuration) {
    static Directories of(Map<String, String> environment) {
        return new Directories(
                find(environment, "XDG_CACHE_HOME", ".cache"),
                find(environment, "XDG_DATA_HOME", ".local/share"),
                find(environment, "XDG_CONFIG_HOME", ".config"));
    }

    private static Optional<Path> find(Map<String, String> environment, String variable, String belowHome) {
        return absolute(environment.get(variable))
                .or(() -> absolute(environment.get("HOME")).map(home -> home.resolve(belowHome)))
                .map(base -> base.resolve("llmtop"));
    }

    private static Optional<Path> absolute(@Nullable String text) {
        try {
            return Optional.ofNullable(text)
                    .filter(value -> !value.isEmpty())
                    .map(Path::of)
                    .filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
