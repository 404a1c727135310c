// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.Agent;
import dev.llmtop.agent.CommandSessions.Completion;
import dev.llmtop.model.EngineSnapshot;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What the word at the cursor could become: a command, an engine, an adapter, a bundle, a file. */
final class Completer {
    private static final Set<String> TAKE_ENGINES = Set.of("engine", "evidence");
    private static final Set<String> TAKE_ADAPTERS = Set.of("enable");
    private static final Set<String> TAKE_FILES = Set.of("install", "start", "update");
    private static final Set<String> TAKE_BUNDLES =
            Set.of("start", "stop", "update", "uninstall", "refresh", "bundle", "headers", "diag", "resolve");
    private static final String FILE = "file:";
    private static final int MOST_FILES = 500;

    private final Agent agent;
    private final Adapters adapters;
    private final Supplier<List<String>> bundles;

    /** @param bundles numbers of the installed bundles */
    Completer(Agent agent, Adapters adapters, Supplier<List<String>> bundles) {
        this.agent = agent;
        this.adapters = adapters;
        this.bundles = bundles;
    }

    Completion complete(String line, int cursor, Collection<String> commands) {
        String typed = line.substring(0, Math.max(0, Math.min(cursor, line.length())));
        int command = afterLast(typed, "|;");
        String rest = typed.substring(command);
        int word = command + afterLast(rest, " \t");
        String start = typed.substring(word);
        String name = rest.strip().split("[ \t]+", 2)[0];
        List<String> choices = typed.substring(command, word).isBlank()
                ? List.copyOf(commands)
                : arguments(name.substring(name.indexOf(':') + 1), start);
        return new Completion(
                word,
                choices.stream()
                        .filter(choice -> choice.startsWith(start))
                        .sorted()
                        .toList());
    }

    private List<String> arguments(String command, String start) {
        if (TAKE_ENGINES.contains(command)) {
            return agent.latest().engines().stream()
                    .map(EngineSnapshot::identity)
                    .map(EngineSnapshot.Identity::id)
                    .toList();
        }
        if (TAKE_ADAPTERS.contains(command)) {
            return adapters.statuses().stream().map(Adapters.Status::kind).toList();
        }
        List<String> places = TAKE_FILES.contains(command) ? files(start) : List.of();
        if (!TAKE_BUNDLES.contains(command)) {
            return places;
        }
        List<String> choices = new ArrayList<>(bundles.get());
        choices.addAll(places);
        return choices;
    }

    /** URLs of the folders and bundles below what was typed; a folder that cannot be read has none. */
    private static List<String> files(String start) {
        if (!start.startsWith(FILE)) {
            return FILE.startsWith(start) ? List.of(FILE) : List.of();
        }
        String path = start.substring(FILE.length());
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : folder))) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                boolean directory = Files.isDirectory(entry);
                if (found.size() < MOST_FILES && !name.startsWith(".") && (directory || name.endsWith(".jar"))) {
                    found.add(FILE + folder + name + (directory ? "/" : ""));
                }
            }
        } catch (IOException | DirectoryIteratorException | InvalidPathException | SecurityException unreadable) {
            return List.of();
        }
        return found;
    }

    private static int afterLast(String text, String separators) {
        int after = 0;
        for (int index = 0; index < text.length(); index++) {
            if (separators.indexOf(text.charAt(index)) >= 0) {
                after = index + 1;
            }
        }
        return after;
    }
}
