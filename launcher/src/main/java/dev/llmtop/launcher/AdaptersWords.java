// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What follows {@code llmtop adapters}.
 *
 * @param action what is wanted
 * @param subject the file to add, or the adapter to remove; empty where there is none to name
 */
record AdaptersWords(Action action, String subject) {
    /** The word that asks for it. */
    static final String NAME = "adapters";

    private static final String HELP = """
            Usage: llmtop adapters [list]
                   llmtop adapters add FILE
                   llmtop adapters remove NAME
            Engine adapters that are not part of llmtop: they lie in $XDG_DATA_HOME/llmtop/bundles, which a running llmtop watches.

              list         every adapter, and its state in the llmtop that is running
              add FILE     take a bundle with an adapter; an older version of it is replaced
              remove NAME  remove one that was added: its kind, its bundle's name or its file's
              -h, --help   show this

            The exit code is 1 if FILE is no bundle with an adapter, if nothing has that NAME, or if the adapter does not start.
            """;

    /** What can be wanted. */
    enum Action {
        HELP,
        LIST,
        ADD,
        REMOVE
    }

    static AdaptersWords parse(String... words) throws UsageException {
        List<String> given = Arrays.asList(words);
        if (given.contains("-h") || given.contains("--help")) {
            return new AdaptersWords(Action.HELP, "");
        }
        Optional<String> option =
                given.stream().filter(word -> word.startsWith("-")).findFirst();
        if (option.isPresent()) {
            throw new UsageException(
                    "unknown option '" + Printable.of(option.get()) + "'; llmtop adapters --help lists what it takes");
        }
        String verb = given.isEmpty() ? "list" : given.get(0);
        Action action = switch (verb) {
            case "list" -> Action.LIST;
            case "add" -> Action.ADD;
            case "remove" -> Action.REMOVE;
            default ->
                throw new UsageException("unknown word '" + Printable.of(verb)
                        + "'; llmtop adapters takes list, add FILE or remove NAME");
        };
        int wanted = action == Action.LIST ? 0 : 1;
        if (given.size() > wanted + 1) {
            throw new UsageException("unexpected word '" + Printable.of(given.get(wanted + 1)) + "'");
        }
        if (wanted == 1 && (given.size() < 2 || given.get(1).isBlank())) {
            throw new UsageException(
                    action == Action.ADD
                            ? "add needs a file, such as llmtop adapters add my-adapter.jar"
                            : "remove needs a name; llmtop adapters list shows them");
        }
        return new AdaptersWords(action, wanted == 0 ? "" : given.get(1));
    }

    /** Runs it; the exit code. */
    int run(Directories directories, Messages messages) throws IOException {
        if (action == Action.HELP) {
            System.out.print(HELP);
            System.out.flush();
            return 0;
        }
        Optional<Path> data = directories.data();
        if (data.isEmpty()) {
            messages.say("there is no folder for bundles: neither XDG_DATA_HOME nor HOME is set");
            return 1;
        }
        KeptBundles kept = new KeptBundles(data.get().resolve("bundles"), messages);
        AdaptersCommand command = new AdaptersCommand(
                kept,
                new RunningAdapters(directories.sockets()),
                Distribution.at(Distribution.home()).jars(),
                System.out,
                messages);
        return switch (action) {
            case HELP, LIST -> command.list();
            case ADD -> add(command, messages);
            case REMOVE -> command.remove(subject);
        };
    }

    private int add(AdaptersCommand command, Messages messages) {
        try {
            return command.add(Path.of(subject));
        } catch (InvalidPathException e) {
            messages.say("'" + Printable.of(subject) + "' is no name of a file");
            return 1;
        }
    }
}
