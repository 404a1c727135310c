// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * What the manifest of a jar says.
 *
 * @param symbolicName of the bundle
 * @param version of the bundle; 0.0.0 where none is given
 * @param adapter whether it brings an engine adapter
 * @param kinds of its adapters, where they are written as a bundle's build writes them
 */
record BundleFacts(String symbolicName, Version version, boolean adapter, List<String> kinds) {
    private static final Pattern ADAPTER = Pattern.compile("(?:^|,)\\s*llmtop\\.adapter\\s*(?:[;,]|$)");
    private static final Pattern KIND =
            Pattern.compile("llmtop\\.adapter\\s*;[^,]*?\\bkind(?::String)?\\s*=\\s*\"?([A-Za-z0-9._-]+)");

    BundleFacts {
        kinds = List.copyOf(kinds);
    }

    /** Reads a jar; the exception says for a person why it is no bundle. */
    static BundleFacts of(Path jar) throws IOException {
        if (Files.isDirectory(jar)) {
            throw new IOException("it is a folder");
        }
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            Manifest manifest = file.getManifest();
            if (manifest == null) {
                throw new IOException("it is a jar without a manifest, no bundle");
            }
            return of(manifest.getMainAttributes());
        } catch (ZipException notWhole) {
            throw new IOException("it is no jar, or not all of one", notWhole);
        } catch (IllegalArgumentException notOne) {
            throw new IOException("its Bundle-Version is no version", notOne);
        }
    }

    private static BundleFacts of(Attributes attributes) throws IOException {
        String name = attributes.getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (name == null || name.isBlank()) {
            throw new IOException("it is a jar without Bundle-SymbolicName, no bundle");
        }
        String offered = String.valueOf(attributes.getValue(Constants.PROVIDE_CAPABILITY));
        List<String> kinds = new ArrayList<>();
        Matcher matcher = KIND.matcher(offered);
        while (matcher.find()) {
            kinds.add(matcher.group(1));
        }
        return new BundleFacts(
                Printable.of(name.split(";", 2)[0].strip()),
                Version.parseVersion(attributes.getValue(Constants.BUNDLE_VERSION)),
                ADAPTER.matcher(offered).find(),
                kinds);
    }

    /** Symbolic name and version, as {@link Trouble#name} writes those of an installed bundle. */
    String name() {
        return symbolicName + " " + version;
    }

    /** The name of its file among the kept ones. */
    String fileName() {
        return fileName(symbolicName, version);
    }

    static String fileName(String symbolicName, Version version) {
        return (symbolicName + "-" + version).replaceAll("[^A-Za-z0-9._-]", "_") + ".jar";
    }
}
