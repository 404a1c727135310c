// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * A kept copy of a bundle that the user installed: the jar, and beside it what the framework knew of it.
 *
 * @param jar the copy
 * @param location where it was installed from, which names it within the framework
 * @param started whether it ran when last seen
 */
record UserBundle(Path jar, String location, boolean started) {
    /** What the name of a note has behind that of its jar. */
    static final String NOTE = ".properties";

    /** Reads the note beside {@code jar}; a jar that was put there by hand has none, and is started. */
    static UserBundle of(Path jar) throws IOException {
        Properties note = new Properties();
        if (Files.exists(note(jar))) {
            try (Reader reader = Files.newBufferedReader(note(jar), StandardCharsets.UTF_8)) {
                note.load(reader);
            } catch (IllegalArgumentException e) {
                throw new IOException("its note is damaged", e);
            }
        }
        return new UserBundle(
                jar,
                note.getProperty("location", ownLocation(jar)),
                Boolean.parseBoolean(note.getProperty("started", "true")));
    }

    /** A jar of this name that is its own location, and runs. */
    static UserBundle put(Path jar) {
        return new UserBundle(jar, ownLocation(jar), true);
    }

    /** Copies {@code source} here; each file appears whole or not at all. */
    void save(Path source) throws IOException {
        Folder.create(folder());
        // First the note: whoever watches the folder acts on the jar.
        saveNote();
        replace(jar, target -> Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING));
    }

    /** Writes the note anew; none where it would say what holds without one. */
    void saveNote() throws IOException {
        if (started && own()) {
            forgetNote();
            return;
        }
        Properties note = new Properties();
        note.setProperty("location", location);
        note.setProperty("started", Boolean.toString(started));
        replace(note(jar), target -> {
            try (Writer writer = Files.newBufferedWriter(target, StandardCharsets.UTF_8)) {
                note.store(writer, null);
            }
        });
    }

    /** Whether the jar's own address is its location: the user put it there. */
    boolean own() {
        return location.equals(ownLocation(jar));
    }

    /** Removes jar and note. */
    void forget() throws IOException {
        Files.deleteIfExists(jar);
        forgetNote();
    }

    /** Removes the note alone. */
    void forgetNote() throws IOException {
        Files.deleteIfExists(note(jar));
    }

    private Path folder() {
        Path folder = jar.getParent();
        if (folder == null) {
            throw new IllegalStateException(jar + " has no folder");
        }
        return folder;
    }

    private void replace(Path target, Content content) throws IOException {
        Path part = Files.createTempFile(folder(), "part", ".tmp");
        try {
            content.writeTo(part);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String ownLocation(Path jar) {
        return jar.toUri().toString();
    }

    private static Path note(Path jar) {
        return jar.resolveSibling(jar.getFileName() + NOTE);
    }

    private interface Content {
        void writeTo(Path target) throws IOException;
    }
}
