// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is replayed in the place of this machine.
 *
 * @param file as it was given; {@code -} for standard input, empty for the recording that ships
 * @param at where it begins, as it was given; empty where nothing was said
 */
record Recorded(String file, String at) {
    /** Name and PID of the component, and name of its bundle. */
    static final String COMPONENT = "dev.llmtop.replay";

    private static final String STANDARD_INPUT = "-";
    private static final String DEMO = "";

    /** Where the start script put standard input when it gave the program the terminal's keys. */
    private static final String MOVED_INPUT = "llmtop.input";

    /** The recording that ships, over and over. */
    static Recorded demo(String at) {
        return new Recorded(DEMO, at);
    }

    /** The properties of the component; a file that cannot be opened is said before anything starts. */
    Map<String, Object> properties(Mode mode, Path demo) throws UsageException {
        Map<String, Object> properties = new TreeMap<>();
        boolean ships = file.equals(DEMO);
        properties.put("file", source(ships ? demo : path()));
        properties.put("title", ships ? "demo" : file.equals(STANDARD_INPUT) ? "standard input" : file);
        properties.put("at", at);
        properties.put("loop", ships);
        properties.put(
                "mode",
                switch (mode) {
                    case ONCE, JSON -> "one";
                    case WATCH -> "all";
                    case TUI, EXPLAIN, RECORD, SHELL, HEADLESS -> "play";
                });
        return properties;
    }

    private String source(Path path) throws UsageException {
        if (file.equals(STANDARD_INPUT)) {
            return System.getProperty(MOVED_INPUT, STANDARD_INPUT);
        }
        if (Files.isDirectory(path)) {
            throw refused("it is a directory");
        }
        if (!Files.exists(path)) {
            throw refused("there is no such file");
        }
        if (!Files.isReadable(path)) {
            throw refused("permission denied");
        }
        return path.toString();
    }

    private Path path() throws UsageException {
        try {
            return Path.of(file).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw refused("it is no file name");
        }
    }

    private UsageException refused(String why) {
        return new UsageException(
                file.equals(DEMO)
                        ? "the recording of --demo cannot be read: " + why
                        : "--replay takes a file that llmtop --json --watch wrote, not '" + Printable.of(file) + "': "
                                + why);
    }
}
