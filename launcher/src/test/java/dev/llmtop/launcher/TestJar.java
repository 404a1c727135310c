// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Makes bundles without code: a manifest and, if wanted, one component description. */
final class TestJar {
    private TestJar() {}

    static Path write(Path file, String name, String version, String... headers) throws IOException {
        return build(file, name, version, "", headers);
    }

    /** With a component whose description is {@code component}. */
    static Path writeComponent(Path file, String name, String component) throws IOException {
        return build(file, name, "1.0.0", component, "Service-Component", "OSGI-INF/component.xml");
    }

    private static Path build(Path file, String name, String version, String component, String... headers)
            throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Bundle-Version", version);
        for (int i = 0; i < headers.length; i += 2) {
            main.putValue(headers[i], headers[i + 1]);
        }
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            if (!component.isEmpty()) {
                jar.putNextEntry(new ZipEntry("OSGI-INF/component.xml"));
                jar.write(component.getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
            jar.finish();
        }
        return file;
    }
}
