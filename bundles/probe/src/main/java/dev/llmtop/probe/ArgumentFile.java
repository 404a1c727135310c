// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/** Reads a file that a process's command line names. */
final class ArgumentFile {
    private static final int MOST_BYTES = 1 << 20;

    private ArgumentFile() {}

    /** The text of the file that the last such option names: {@code --config F} or {@code --config=F}. */
    static Value<String> read(List<String> arguments, String directory, String option) {
        Optional<String> name = named(arguments, option);
        if (name.isEmpty()) {
            return Value.unavailable(Reason.NOT_EXPORTED, "its command line has no " + option);
        }
        try {
            Path path = Path.of(name.get());
            if (!path.isAbsolute() && directory.isEmpty()) {
                return Value.unavailable(
                        Reason.NO_PERMISSION, option + " is relative to a working directory that is not known");
            }
            return read(Path.of(directory.isEmpty() ? "/" : directory).resolve(path), option);
        } catch (InvalidPathException noPath) {
            return Value.unavailable(Reason.MALFORMED, option + " names no file");
        }
    }

    private static Optional<String> named(List<String> arguments, String option) {
        Optional<String> name = Optional.empty();
        for (int at = 0; at < arguments.size(); at++) {
            String argument = arguments.get(at);
            if (argument.equals(option) && at + 1 < arguments.size()) {
                name = Optional.of(arguments.get(at + 1));
            } else if (argument.startsWith(option + "=")) {
                name = Optional.of(argument.substring(option.length() + 1));
            }
        }
        return name.filter(given -> !given.isEmpty());
    }

    private static Value<String> read(Path path, String option) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return Value.unavailable(Reason.NO_PERMISSION, "the file of " + option + " is no regular file");
            }
            // The files of /proc say 0 and some of them block whoever reads them: what says 0 is not opened.
            if (attributes.size() == 0) {
                return Value.of("");
            }
            if (attributes.size() > MOST_BYTES) {
                return Value.unavailable(Reason.TOO_LARGE, "the file of " + option + " is larger than 1 MiB");
            }
            try (InputStream input = Files.newInputStream(path)) {
                return Value.of(new String(input.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
            }
        } catch (NoSuchFileException absent) {
            return Value.unavailable(Reason.NO_PERMISSION, "the file of " + option + " is not there for this user");
        } catch (IOException unreadable) {
            return Value.unavailable(Reason.NO_PERMISSION, "the file of " + option + " cannot be read by this user");
        }
    }
}
