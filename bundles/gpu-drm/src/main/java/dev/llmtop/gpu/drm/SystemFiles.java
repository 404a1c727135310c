// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.drm;

import dev.llmtop.model.Reason;
import dev.llmtop.model.Text;
import dev.llmtop.model.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Small files of the system below a root, which is {@code /} but in tests. */
public final class SystemFiles {
    private static final int MOST_BYTES = 1 << 16;

    private final Path root;

    /** @param root where {@code /sys} and {@code /proc} begin */
    public SystemFiles(Path root) {
        this.root = root;
    }

    /** The bytes of a file, at most 64 KiB, or why it cannot be read. */
    public Value<byte[]> bytes(String path) {
        try (InputStream in = Files.newInputStream(at(path))) {
            return Value.of(in.readNBytes(MOST_BYTES));
        } catch (NoSuchFileException absent) {
            return Value.unavailable(Reason.NOT_SUPPORTED, "the driver has no " + name(path) + " for this card");
        } catch (AccessDeniedException refused) {
            return Value.unavailable(Reason.NO_PERMISSION, "this user may not read " + name(path));
        } catch (IOException | InvalidPathException refused) {
            // A driver that has the file but no such sensor, or that is busy, answers the read with an error.
            return Value.unavailable(
                    Reason.NOT_SUPPORTED,
                    "the driver does not tell " + name(path) + " now: "
                            + Text.clean(String.valueOf(refused.getMessage())));
        }
    }

    /** The text of a file without blanks around it, or why it cannot be read; an empty one is not supported. */
    public Value<String> read(String path) {
        Value<String> text = bytes(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
        return text.known().filter(String::isEmpty).isPresent()
                ? Value.unavailable(Reason.NOT_SUPPORTED, "the driver leaves " + name(path) + " empty")
                : text;
    }

    /** The text of a file; empty where there is none. */
    public Optional<String> text(String path) {
        return read(path).known();
    }

    /** The whole number that a file consists of, or why there is none. */
    public Value<Long> number(String path) {
        Value<String> text = read(path);
        if (text instanceof Value.Known<String> known) {
            return known.value().matches("-?\\d{1,18}")
                    ? Value.of(Long.parseLong(known.value()))
                    : Value.unavailable(Reason.MALFORMED, name(path) + " holds no number");
        }
        return text.map(Long::parseLong);
    }

    /** Whether there is such a file or directory. */
    public boolean exists(String path) {
        return Files.exists(at(path));
    }

    /** The names in a directory, in their order; none where it cannot be read. */
    public List<String> names(String path) {
        return list(path).orElse(List.of());
    }

    /** The names in a directory, in their order; none where it is gone, empty where it may not be listed. */
    public Optional<List<String>> list(String path) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(at(path))) {
            entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
        } catch (NoSuchFileException gone) {
            return Optional.of(List.of());
        } catch (IOException | DirectoryIteratorException | InvalidPathException refused) {
            return Optional.empty();
        }
        Collections.sort(names);
        return Optional.of(names);
    }

    /** Where a symbolic link leads; empty where it is none, or may not be read. */
    public Optional<String> link(String path) {
        try {
            return Optional.of(Files.readSymbolicLink(at(path)).toString());
        } catch (IOException | InvalidPathException | UnsupportedOperationException noLink) {
            return Optional.empty();
        }
    }

    private Path at(String path) {
        return root.resolve(path.substring(1));
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
