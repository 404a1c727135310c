// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import dev.llmtop.itest.outsider.one.OutsiderAdapter;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Builds the bundle of an adapter that is not in the distribution, as a stranger's build would. */
final class OutsiderBundle {
    private OutsiderBundle() {}

    /**
     * Writes the jar.
     *
     * @param version 1 or 2
     */
    static void write(Path jar, int version) throws Exception {
        Package code = version == 1
                ? OutsiderAdapter.class.getPackage()
                : dev.llmtop.itest.outsider.two.OutsiderAdapter.class.getPackage();
        write(jar, code, "org.example.outsider", version);
    }

    /** Writes a bundle of one package. */
    static void write(Path jar, Package code, String name, int version) throws Exception {
        try (Builder builder = new Builder()) {
            builder.addClasspath(place(OutsiderAdapter.class));
            for (Path bundle : Distribution.bundles()) {
                builder.addClasspath(bundle.toFile());
            }
            builder.setProperty("Bundle-SymbolicName", name);
            builder.setProperty("Bundle-Version", version + ".0.0");
            builder.setProperty("-privatepackage", code.getName());
            builder.setProperty("-noimportjava", "true");
            builder.setProperty("Import-Package", "!org.jspecify.annotations,*");
            Jar built = builder.build();
            if (!builder.isOk()) {
                throw new IllegalStateException("the adapter's bundle: " + builder.getErrors());
            }
            built.write(jar.toFile());
        }
    }

    private static File place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toFile();
    }
}
