// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A bundle that is but its manifest. */
final class PlainBundle {
    private PlainBundle() {}

    /** Version 1.0.0; headers as name and value, in turn. */
    static void write(Path jar, String name, String... headers) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Bundle-Version", "1.0.0");
        for (int at = 0; at < headers.length; at += 2) {
            main.putValue(headers[at], headers[at + 1]);
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.finish();
        }
    }
}
