// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.framework.Bundle;

/**
 * The jar that the framework holds for a bundle. OSGi has no way to ask for it, and reading the bundle's location
 * again would miss an update from elsewhere; so this knows Felix 7's cache: {@code bundleID/versionR.N/bundle.jar},
 * the highest N being the current content.
 */
final class BundleFile {
    private static final String REFERENCE = "reference:";

    private BundleFile() {}

    static Optional<Path> of(Path storage, Bundle bundle) throws IOException {
        Path folder = storage.resolve("bundle" + bundle.getBundleId());
        Optional<Path> newest = Optional.empty();
        int highest = -1;
        try (DirectoryStream<Path> revisions = Files.newDirectoryStream(folder, "version*")) {
            for (Path revision : revisions) {
                String name = revision.getFileName().toString();
                int number = Integer.parseInt(name.substring(name.lastIndexOf('.') + 1));
                if (number > highest) {
                    highest = number;
                    newest = jar(revision);
                }
            }
        } catch (NumberFormatException e) {
            throw new IOException("the cache is not laid out as expected", e);
        }
        return newest;
    }

    private static Optional<Path> jar(Path revision) throws IOException {
        Path jar = revision.resolve("bundle.jar");
        if (Files.isRegularFile(jar)) {
            return Optional.of(jar);
        }
        // Installed by reference:file: the cache holds the address and no copy.
        Path note = revision.resolve("revision.location");
        String location = Files.exists(note)
                ? Files.readString(note, StandardCharsets.UTF_8).strip()
                : "";
        if (!location.startsWith(REFERENCE)) {
            return Optional.empty();
        }
        Path referenced = Path.of(URI.create(location.substring(REFERENCE.length())));
        return Files.isRegularFile(referenced) ? Optional.of(referenced) : Optional.empty();
    }
}
