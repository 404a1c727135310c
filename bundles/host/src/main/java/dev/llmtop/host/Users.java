// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Names of users by number. Not safe for several threads. */
final class Users {
    private final Path accounts;
    private final Map<Long, String> names = new HashMap<>();

    /** @param accounts such as {@code /etc/passwd} */
    Users(Path accounts) {
        this.accounts = accounts;
    }

    /**
     * The user's name, or the number where there is no name.
     *
     * @param uid negative where it is not known
     * @param folder of a process of that user
     */
    String name(long uid, Path folder) {
        if (uid < 0) {
            return "?";
        }
        return names.computeIfAbsent(
                uid, unknown -> account(uid).or(() -> owner(uid, folder)).orElseGet(() -> Long.toString(uid)));
    }

    private Optional<String> account(long uid) {
        try (var lines = Files.lines(accounts, StandardCharsets.ISO_8859_1)) {
            return lines.map(line -> line.split(":", 4))
                    .filter(fields -> fields.length == 4 && fields[2].equals(Long.toString(uid)))
                    .map(fields -> fields[0])
                    .findFirst();
        } catch (IOException | UncheckedIOException noAccounts) {
            return Optional.empty();
        }
    }

    /** Asks the system (a directory service, say); the folder of a process that may not be dumped belongs to root instead. */
    private static Optional<String> owner(long uid, Path folder) {
        try {
            boolean same = Files.getAttribute(folder, "unix:uid") instanceof Integer owner
                    && Integer.toUnsignedLong(owner) == uid;
            return same ? Optional.of(Files.getOwner(folder).getName()) : Optional.empty();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException gone) {
            return Optional.empty();
        }
    }
}
