// SPDX-License-Identifier: MIT
package dev.llmtop.tui.command;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Completes the word under the cursor of a command.
 *
 * @param text with the completed word
 * @param cursor behind it
 * @param choices where there are several, all of them
 */
public record Completion(String text, int cursor, List<String> choices) {
    private static final int MOST_FILES = 200;

    /** Commands whose argument is the place of a bundle. */
    private static final List<String> FROM_PLACES = List.of("install", "start");

    /** Commands whose argument is the number of a bundle. */
    private static final List<String> ON_BUNDLES =
            List.of("start", "stop", "update", "uninstall", "refresh", "bundle", "headers", "diag", "resolve");

    private static final String FILE = "file:";

    /**
     * What can be completed with.
     *
     * @param commands names of commands
     * @param engines ids of engines
     * @param bundles numbers of bundles
     */
    public record Words(List<String> commands, List<String> engines, List<String> bundles) {}

    public Completion {
        choices = List.copyOf(choices);
    }

    /** Completes as far as all that fits agrees. */
    public static Completion of(String text, int cursor, Words words) {
        int from = Math.max(text.lastIndexOf(' ', cursor - 1), text.lastIndexOf('|', cursor - 1)) + 1;
        String word = text.substring(from, cursor);
        String before = text.substring(0, from).strip();
        List<String> fitting = candidates(before, word, words)
                .filter(candidate -> candidate.startsWith(word))
                .distinct()
                .toList();
        if (fitting.isEmpty()) {
            return new Completion(text, cursor, List.of());
        }
        String common = common(fitting);
        boolean whole = fitting.size() == 1 && !common.endsWith("/") && !common.equals(FILE);
        String completed = whole ? common + " " : common;
        String rest = text.substring(cursor);
        return new Completion(
                text.substring(0, from) + completed + (whole ? rest.stripLeading() : rest),
                from + completed.length(),
                fitting.size() == 1 ? List.of() : fitting);
    }

    private static Stream<String> candidates(String before, String word, Words words) {
        if (before.isEmpty() || before.endsWith("|")) {
            return words.commands().stream();
        }
        String first = before.substring(Math.max(before.lastIndexOf('|'), 0))
                .replace("|", "")
                .strip()
                .split(" ", 2)[0];
        String command = first.substring(first.indexOf(':') + 1);
        Stream<String> found = Stream.empty();
        if (FROM_PLACES.contains(command)) {
            found = word.startsWith(FILE) ? files(word) : Stream.of(FILE);
        }
        if (ON_BUNDLES.contains(command)) {
            return Stream.concat(found, words.bundles().stream());
        }
        return FROM_PLACES.contains(command) ? found : words.engines().stream();
    }

    private static Stream<String> files(String word) {
        String typed = word.substring(FILE.length());
        int slash = typed.lastIndexOf('/') + 1;
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(typed.substring(0, slash)))) {
            for (Path entry : entries) {
                boolean folder = Files.isDirectory(entry);
                String name = String.valueOf(entry.getFileName());
                if ((folder || name.endsWith(".jar")) && !name.startsWith(".") && found.size() < MOST_FILES) {
                    found.add(FILE + typed.substring(0, slash) + name + (folder ? "/" : ""));
                }
            }
        } catch (IOException | InvalidPathException | java.nio.file.DirectoryIteratorException e) {
            return Stream.empty();
        }
        return found.stream().sorted();
    }

    private static String common(List<String> words) {
        String common = words.get(0);
        for (String word : words) {
            int same = 0;
            while (same < Math.min(common.length(), word.length()) && common.charAt(same) == word.charAt(same)) {
                same++;
            }
            common = common.substring(0, same);
        }
        return common;
    }
}
