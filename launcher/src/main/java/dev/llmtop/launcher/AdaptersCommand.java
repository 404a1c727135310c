// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import dev.llmtop.launcher.RunningAdapters.Row;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** {@code llmtop adapters}: works on the folder alone; a running llmtop follows the folder, and is only asked what came of it. */
final class AdaptersCommand {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    /** The watcher needs a second, the start of a bundle less; a busy machine more. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(8);

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final KeptBundles kept;
    private final RunningAdapters running;
    private final List<Path> shipped;
    private final PrintStream out;
    private final Messages messages;

    AdaptersCommand(KeptBundles kept, RunningAdapters running, List<Path> shipped, PrintStream out, Messages messages) {
        this.kept = kept;
        this.running = running;
        this.shipped = List.copyOf(shipped);
        this.out = out;
        this.messages = messages;
    }

    /** A bundle and where it lies; no file for one of llmtop's own. */
    private record Listed(BundleFacts facts, Optional<Path> file) {}

    int list() {
        Optional<List<Row>> rows = running.rows();
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("KIND", "STATE", "BUNDLE", "FROM"));
        for (Listed listed : listed()) {
            String name = listed.facts().name();
            String from = listed.file().map(Path::toString).orElse("llmtop");
            List<Row> own = rows.orElse(List.of()).stream()
                    .filter(row -> row.bundle().equals(name))
                    .toList();
            own.forEach(row -> table.add(List.of(row.kind(), row.state(), name, from)));
            if (own.isEmpty() && listed.facts().adapter()) {
                String state = rows.isEmpty() ? "no llmtop is running" : "not there";
                List<String> kinds = listed.facts().kinds();
                (kinds.isEmpty() ? List.of("?") : kinds).forEach(kind -> table.add(List.of(kind, state, name, from)));
            }
        }
        print(table);
        return OK;
    }

    private List<Listed> listed() {
        List<Listed> all = new ArrayList<>();
        for (Path jar : shipped) {
            facts(jar).ifPresent(facts -> all.add(new Listed(facts, Optional.empty())));
        }
        all.addAll(added());
        return all;
    }

    private List<Listed> added() {
        List<Listed> added = new ArrayList<>();
        for (UserBundle file : kept.all()) {
            facts(file.jar()).ifPresent(facts -> added.add(new Listed(facts, Optional.of(file.jar()))));
        }
        return added;
    }

    private static Optional<BundleFacts> facts(Path jar) {
        try {
            return Optional.of(BundleFacts.of(jar));
        } catch (IOException noBundle) {
            return Optional.empty();
        }
    }

    private void print(List<List<String>> table) {
        int columns = table.get(0).size();
        int[] width = new int[columns];
        table.forEach(row -> {
            for (int at = 0; at < columns; at++) {
                width[at] = Math.max(width[at], row.get(at).length());
            }
        });
        for (List<String> row : table) {
            StringBuilder line = new StringBuilder();
            for (int at = 0; at < columns; at++) {
                line.append(row.get(at))
                        .append(" ".repeat(width[at] - row.get(at).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }

    int add(Path file) {
        try {
            BundleFacts facts = BundleFacts.of(file);
            if (!facts.adapter()) {
                return fail(file + " is not added: bundle " + facts.name()
                        + " brings no engine adapter (its manifest provides no capability llmtop.adapter)");
            }
            if (shipped.stream()
                    .flatMap(jar -> facts(jar).stream())
                    .anyMatch(own -> own.name().equals(facts.name()))) {
                return fail(file + " is not added: " + facts.name() + " comes with llmtop");
            }
            put(file, facts);
            return waitFor(facts);
        } catch (IOException e) {
            return fail(Printable.of(file.toString()) + " is not added: " + Trouble.of(e));
        }
    }

    /** Under the location of the bundle of this name that is there already, so that it is updated; else under its own. */
    private void put(Path file, BundleFacts facts) throws IOException {
        List<UserBundle> older = kept.all().stream()
                .filter(other -> facts(other.jar())
                        .filter(its -> its.symbolicName().equals(facts.symbolicName()))
                        .isPresent())
                .toList();
        Path jar = kept.file(facts.fileName());
        UserBundle target = older.stream()
                .findFirst()
                .map(first -> first.own() ? UserBundle.put(first.jar()) : new UserBundle(jar, first.location(), true))
                .orElse(UserBundle.put(jar));
        if (!Files.exists(target.jar()) || !Files.isSameFile(file, target.jar())) {
            target.save(file);
        }
        for (UserBundle other : older) {
            if (!other.jar().equals(target.jar())) {
                other.forget();
            }
        }
    }

    private int waitFor(BundleFacts facts) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        Optional<List<Row>> rows = running.rows();
        while (rows.isPresent() && System.nanoTime() < end) {
            List<Row> own = rows.get().stream()
                    .filter(row -> row.bundle().equals(facts.name()))
                    .toList();
            if (!own.isEmpty()) {
                out.println(facts.name() + " is added: "
                        + own.stream().map(AdaptersCommand::state).collect(Collectors.joining(", ")));
                out.flush();
                return OK;
            }
            Optional<String> trouble = running.trouble(facts);
            if (trouble.isPresent()) {
                return fail(facts.name() + " is added, and cannot start: " + trouble.get());
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            rows = running.rows();
        }
        if (rows.isPresent()) {
            return fail(facts.name() + " is added, and the llmtop that is running does not show it; its own messages"
                    + " or its log say why");
        }
        out.println(facts.name() + " is added; the next llmtop starts with it");
        out.flush();
        return OK;
    }

    private static String state(Row row) {
        return row.kind() + " is " + row.state() + (row.detail().isEmpty() ? "" : " (" + row.detail() + ")");
    }

    int remove(String name) throws IOException {
        List<Listed> meant = added().stream().filter(one -> isMeant(one, name)).toList();
        if (meant.isEmpty()) {
            return fail(nothingOf(name));
        }
        if (meant.size() > 1) {
            messages.say("several are called '" + Printable.of(name) + "'; remove one by its file: "
                    + meant.stream().map(AdaptersCommand::fileName).collect(Collectors.joining(", ")));
            return USAGE;
        }
        BundleFacts facts = meant.get(0).facts();
        UserBundle.of(meant.get(0).file().orElseThrow()).forget();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (running.holds(facts)) {
            if (System.nanoTime() > end) {
                return fail(facts.name() + " is removed, and the llmtop that is running still has it");
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        out.println(facts.name() + " is removed");
        out.flush();
        return OK;
    }

    private String nothingOf(String name) {
        boolean ours = shipped.stream()
                .flatMap(jar -> facts(jar).stream())
                .anyMatch(facts ->
                        facts.symbolicName().equals(name) || facts.kinds().contains(name));
        List<Listed> added = added();
        return ours
                ? Printable.of(name) + " comes with llmtop and cannot be removed"
                : "no adapter '" + Printable.of(name) + "' was added; "
                        + (added.isEmpty()
                                ? "none was"
                                : "there is "
                                        + added.stream()
                                                .map(one -> one.facts().symbolicName())
                                                .collect(Collectors.joining(", ")));
    }

    private static boolean isMeant(Listed one, String name) {
        BundleFacts facts = one.facts();
        return facts.symbolicName().equals(name)
                || facts.name().equals(name)
                || facts.kinds().contains(name)
                || fileName(one).equals(name);
    }

    private static String fileName(Listed one) {
        return one.file().map(file -> file.getFileName().toString()).orElse("");
    }

    private int fail(String line) {
        messages.say(line);
        return FAILED;
    }
}
