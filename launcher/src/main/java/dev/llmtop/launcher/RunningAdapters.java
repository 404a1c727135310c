// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import dev.llmtop.launcher.attach.Attachment;
import dev.llmtop.launcher.attach.Instances;
import dev.llmtop.launcher.attach.Instances.Instance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The adapters of the llmtop that is running, as its own commands show them. */
final class RunningAdapters {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** A row of {@code adapters}: kind, title, state, bundle and its version, detail. */
    private static final Pattern ROW =
            Pattern.compile("(\\S+)\\s{2,}(\\S.*?)\\s{2,}(\\S+)\\s{2,}(\\S+ \\S+)(?:\\s{2,}(.*))?");

    /** A row of {@code felix:lb -s}: id, state, level, symbolic name, version. */
    private static final Pattern BUNDLE_ROW =
            Pattern.compile("\\s*(\\d+)\\|(\\w+)\\s*\\|[^|]*\\|(\\S+)[^|]*\\|(\\S+)\\s*");

    private final Path sockets;

    RunningAdapters(Path sockets) {
        this.sockets = sockets;
    }

    /**
     * An adapter.
     *
     * @param bundle symbolic name and version
     * @param detail why it is in that state; empty where there is nothing to say
     */
    record Row(String kind, String title, String state, String bundle, String detail) {}

    /** The rows; empty where no llmtop of this user is running, or none answers. */
    Optional<List<Row>> rows() {
        return ask("adapters")
                .map(answer -> answer.lines()
                        .map(line -> ROW.matcher(line.stripTrailing()))
                        .filter(Matcher::matches)
                        .filter(row -> !row.group(1).equals("KIND"))
                        .map(row -> new Row(
                                row.group(1),
                                row.group(2),
                                row.group(3),
                                row.group(4),
                                row.group(5) == null ? "" : row.group(5).strip()))
                        .toList());
    }

    /** Whether the framework there holds this bundle; false where none is running. */
    boolean holds(BundleFacts facts) {
        return bundle(facts).isPresent();
    }

    /** Why the bundle is there and does not run; empty where it is not there, or runs. */
    Optional<String> trouble(BundleFacts facts) {
        Optional<Matcher> row = bundle(facts);
        if (row.isEmpty() || !row.get().group(2).equals("Installed")) {
            return Optional.empty();
        }
        return ask("felix:start " + row.get().group(1)).map(Trouble::missing).filter(reason -> !reason.isEmpty());
    }

    private Optional<Matcher> bundle(BundleFacts facts) {
        return ask("felix:lb -s")
                .flatMap(answer -> answer.lines()
                        .map(BUNDLE_ROW::matcher)
                        .filter(Matcher::matches)
                        .filter(row -> (row.group(3) + " " + row.group(4)).equals(facts.name()))
                        .findFirst());
    }

    /** All that the first instance that answers prints for a line, complaints too. */
    private Optional<String> ask(String line) {
        try {
            for (Instance instance : Instances.in(sockets)) {
                Optional<String> answer = ask(instance, line);
                if (answer.isPresent()) {
                    return answer;
                }
            }
        } catch (IOException unreadable) {
            // As if there were none.
        }
        return Optional.empty();
    }

    private static Optional<String> ask(Instance instance, String line) {
        StringBuilder answer = new StringBuilder();
        try (Attachment attachment = Attachment.to(instance.socket(), PATIENCE)) {
            attachment.run(line, answer::append, answer::append);
            return Optional.of(answer.toString());
        } catch (IOException ended) {
            return Optional.empty();
        }
    }
}
