// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Tells JNA, before anybody uses it, what it would find out at greater cost. What the user set stays. */
final class NativeCode {
    private static final List<String> PLACES = List.of(
            "/usr/lib/x86_64-linux-gnu",
            "/lib/x86_64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu",
            "/lib/aarch64-linux-gnu",
            "/usr/lib64",
            "/lib64",
            "/usr/lib",
            "/lib");

    private NativeCode() {}

    /** @param own the folder of JNA's own library */
    static void prepare(Path own) {
        // It would unpack its library below HOME, which fails where that may not hold programs.
        set("jna.boot.library.path", own.toString());
        // It would start a program that lists the linker's cache.
        String places = PLACES.stream()
                .filter(place -> Files.isDirectory(Path.of(place)))
                .collect(Collectors.joining(File.pathSeparator));
        if (System.getProperty("os.name", "").equals("Linux") && !places.isEmpty()) {
            set("jna.platform.library.path", places);
        }
    }

    private static void set(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
