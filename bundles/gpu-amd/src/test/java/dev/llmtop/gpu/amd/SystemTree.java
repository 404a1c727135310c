// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.amd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A made-up machine: files as {@code /sys} and {@code /proc} have them. */
record SystemTree(Path root) {
    SystemTree write(String path, String text) {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    SystemTree write(String path, byte[] bytes) {
        try {
            Path file = root.resolve(path.substring(1));
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return this;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Several files below a folder: {@code name=value} each. */
    SystemTree files(String folder, String... values) {
        for (String value : values) {
            int equals = value.indexOf('=');
            write(folder + "/" + value.substring(0, equals), value.substring(equals + 1) + "\n");
        }
        return this;
    }

    /** A folder where a file is expected opens and then fails to be read, as a sensor does that the driver refuses. */
    SystemTree refuse(String path) {
        try {
            Files.deleteIfExists(root.resolve(path.substring(1)));
            Files.createDirectories(root.resolve(path.substring(1)));
            return this;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    SystemTree link(String path, String target) {
        try {
            Path link = root.resolve(path.substring(1));
            Files.createDirectories(link.getParent());
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, Path.of(target));
            return this;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A process that has a card open, with what its fdinfo says. */
    SystemTree client(long pid, int descriptor, String... lines) {
        link("/proc/" + pid + "/fd/" + descriptor, "/dev/dri/renderD128");
        return write("/proc/" + pid + "/fdinfo/" + descriptor, String.join("\n", lines) + "\n");
    }
}
