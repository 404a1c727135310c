// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * The folder of the user's bundles, which is the one truth of what they are: jars that the user put there, and copies of what was
 * installed from elsewhere. A jar's location within the framework is its own address, unless its note names another.
 */
final class KeptBundles {
    private final Path folder;
    private final Messages messages;

    KeptBundles(Path folder, Messages messages) {
        this.folder = folder;
        this.messages = messages;
    }

    Path folder() {
        return folder;
    }

    /** The file of this name. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** All jars, by file name; one whose note is damaged is named and left out. */
    List<UserBundle> all() {
        List<UserBundle> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "[!.]*.jar")) {
            for (Path jar : jars) {
                if (!Files.isDirectory(jar)) {
                    add(jar, found);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            messages.say(folder + " cannot be read: " + Trouble.of(e));
        }
        found.sort(Comparator.comparing(UserBundle::jar));
        return found;
    }

    private void add(Path jar, List<UserBundle> found) {
        try {
            found.add(UserBundle.of(jar));
        } catch (IOException e) {
            messages.say(jar + " is left out: " + Trouble.of(e));
        }
    }

    /** The jar of this location. */
    Optional<UserBundle> at(String location) {
        return all().stream().filter(kept -> kept.location().equals(location)).findFirst();
    }

    /** Where a location's bundle came from, for a person. */
    String origin(String location) {
        return at(location).map(file -> file.jar().toString()).orElse(Printable.of(location));
    }

    /** The file that is kept for a bundle: the one that its location names if that lies in the folder. */
    Path fileOf(Bundle bundle) {
        try {
            Path named = Path.of(URI.create(bundle.getLocation())).normalize();
            if (folder.equals(named.getParent())) {
                return named;
            }
        } catch (RuntimeException noFile) {
            // A location is any text.
        }
        String name = bundle.getSymbolicName() == null
                ? "bundle-" + Integer.toHexString(bundle.getLocation().hashCode())
                : bundle.getSymbolicName();
        return folder.resolve(BundleFacts.fileName(name, bundle.getVersion()));
    }

    /** Removes all that is kept for a location but one file. */
    void forget(String location, @Nullable Path except) throws IOException {
        for (UserBundle kept : all()) {
            if (kept.location().equals(location) && !kept.jar().equals(except)) {
                kept.forget();
            }
        }
    }

    /** Removes notes whose jar the user took away: they would speak for the next jar of that name. */
    void sweep() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(folder, "*.jar" + UserBundle.NOTE)) {
            for (Path note : notes) {
                String name = note.getFileName().toString();
                Path jar = folder.resolve(name.substring(0, name.length() - UserBundle.NOTE.length()));
                if (!Files.exists(jar)) {
                    Files.deleteIfExists(note);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // The next start tries again.
        }
    }
}
