// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.nio.file.Files;
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
 * @param state {@code llmtop} below the state folder: what may be lost without harm
 * @param sockets where running instances listen; always there, since the temporary folder is the fallback
 */
record Directories(
        Optional<Path> cache, Optional<Path> data, Optional<Path> configuration, Optional<Path> state, Path sockets) {
    private static final int LONGEST_SOCKET_FOLDER = 70;

    static Directories of(Map<String, String> environment) {
        return new Directories(
                find(environment, "XDG_CACHE_HOME", ".cache"),
                find(environment, "XDG_DATA_HOME", ".local/share"),
                find(environment, "XDG_CONFIG_HOME", ".config"),
                find(environment, "XDG_STATE_HOME", ".local/state"),
                sockets(environment));
    }

    /** The path of a socket has but some 100 bytes, so a long folder is passed over. */
    private static Path sockets(Map<String, String> environment) {
        Path fallback = Path.of(System.getProperty("java.io.tmpdir", "/tmp"))
                .resolve("llmtop-" + System.getProperty("user.name", "unknown"));
        return absolute(environment.get("XDG_RUNTIME_DIR"))
                .filter(folder -> folder.toString().length() < LONGEST_SOCKET_FOLDER && Files.isDirectory(folder))
                .map(folder -> folder.resolve("llmtop"))
                .orElse(fallback);
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
