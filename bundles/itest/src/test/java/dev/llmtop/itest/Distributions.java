// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Copies of the distribution. */
final class Distributions {
    private Distributions() {}

    /** Copies all of it; {@code to} must not exist. */
    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** Copies it, and takes the bundle whose file name begins so off the list of those that run. */
    static void copyWithout(Path from, Path to, String bundle) throws IOException {
        copy(from, to);
        Path list = to.resolve("bundles/bundles.list");
        Files.write(
                list,
                Files.readAllLines(list).stream()
                        .filter(line -> !line.contains(" " + bundle))
                        .toList());
    }
}
