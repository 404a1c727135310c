// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Small files of the system below a root, which is {@code /} but in tests. Reading them wakes nothing. */
final class SystemFiles {
    private static final int MOST_BYTES = 1 << 16;

    private final Path root;

    SystemFiles(Path root) {
        this.root = root;
    }

    /** Where a path of the system lies. */
    Path at(String path) {
        return root.resolve(path.substring(1));
    }

    boolean exists(String path) {
        return Files.exists(at(path));
    }

    /** The text of a file, without blanks around it; empty where it cannot be read. */
    Optional<String> text(String path) {
        try (InputStream in = Files.newInputStream(at(path))) {
            return Optional.of(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip());
        } catch (IOException absentOrRefused) {
            return Optional.empty();
        }
    }

    /** The last name of what a link leads to. */
    Optional<String> link(String path) {
        try {
            return Optional.ofNullable(Files.readSymbolicLink(at(path)).getFileName())
                    .map(Path::toString);
        } catch (IOException absentOrNone) {
            return Optional.empty();
        }
    }

    /** The number that a file consists of. */
    Optional<Long> number(String path) {
        try {
            return text(path).map(Long::parseLong);
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    /** The names in a directory, in their order; none where it cannot be read. */
    List<String> names(String path) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(at(path))) {
            entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
        } catch (IOException | DirectoryIteratorException absentOrRefused) {
            return List.of();
        }
        Collections.sort(names);
        return names;
    }

    /** Bytes of memory of the machine. */
    Optional<Long> memoryTotal() {
        return text("/proc/meminfo")
                .flatMap(text -> text.lines()
                        .filter(line -> line.startsWith("MemTotal:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .filter(digits -> !digits.isEmpty() && digits.length() < 16)
                        .map(digits -> Long.parseLong(digits) * 1024)
                        .findFirst());
    }
}
