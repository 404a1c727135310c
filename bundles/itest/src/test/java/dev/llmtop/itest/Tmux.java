// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A terminal with a shell in it, as a user has one: tmux, with a server of its own. */
final class Tmux implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PROMPT = "ready> ";

    private final Path folder;
    private final Map<String, String> environment;

    private Tmux(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** Starts a shell in a terminal of a size; skips the test where there is no tmux, but never where builds are checked. */
    static Tmux start(Path folder, Map<String, String> environment, int columns, int rows) throws Exception {
        boolean there = new ProcessBuilder("sh", "-c", "command -v tmux && command -v bash")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("tmux is not installed, and the screen would go untested");
        }
        assumeTrue(there, "skipped: tmux or bash is not installed");
        Tmux terminal = new Tmux(folder, environment);
        Files.writeString(folder.resolve("rc"), "PS1='" + PROMPT + "'\nstty sane\n");
        terminal.run(
                "new-session",
                "-d",
                "-x",
                Integer.toString(columns),
                "-y",
                Integer.toString(rows),
                "bash --noprofile --rcfile " + folder.resolve("rc") + " -i");
        terminal.until(lines -> lines.get(0).startsWith(PROMPT.strip()));
        return terminal;
    }

    private String run(String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("tmux", "-S", folder.resolve("tmux").toString(), "-f", "/dev/null"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("TERM", "xterm-256color");
        builder.directory(folder.toFile());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    /** Types a line and presses Enter. */
    Tmux line(String text) throws Exception {
        run("send-keys", "-l", text);
        return keys("Enter");
    }

    /** Presses keys, by tmux's names. */
    Tmux keys(String... keys) throws Exception {
        for (String key : keys) {
            run("send-keys", key);
        }
        return this;
    }

    /** Pastes text, marked as such or not. */
    void paste(String text, boolean marked) throws Exception {
        Path file = Files.writeString(folder.resolve("paste"), text);
        run("load-buffer", file.toString());
        if (marked) {
            run("paste-buffer", "-p", "-r");
        } else {
            run("paste-buffer", "-r");
        }
    }

    void resize(int columns, int rows) throws Exception {
        run("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
    }

    /** What is on the screen, row by row. */
    List<String> lines() {
        try {
            return run("capture-pane", "-p").lines().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The same with its colours. */
    String painted() throws Exception {
        return run("capture-pane", "-p", "-e");
    }

    /** Waits until the screen is so; what it shows then. */
    List<String> until(Predicate<List<String>> wanted) {
        List<List<String>> last = new ArrayList<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            List<String> now = lines();
            last.clear();
            last.add(now);
            assertThat(!now.isEmpty() && wanted.test(now))
                    .as(String.join("\n", now))
                    .isTrue();
        });
        return last.get(0);
    }

    /** Waits until a row has a text. */
    List<String> untilSeen(String text) {
        return until(lines -> lines.stream().anyMatch(line -> line.contains(text)));
    }

    /** Waits until the shell's prompt stands on the last row that is not empty. */
    List<String> untilPrompt() {
        return until(lines -> lines.stream()
                .filter(line -> !line.isBlank())
                .reduce((one, other) -> other)
                .filter(line -> line.startsWith(PROMPT.strip()))
                .isPresent());
    }

    /** The process of the program that the shell runs. */
    ProcessHandle program() throws Exception {
        long shell = Long.parseLong(run("list-panes", "-F", "#{pane_pid}").strip());
        return ProcessHandle.of(shell).orElseThrow().children().findFirst().orElseThrow();
    }

    /** The answer of a command of the shell. */
    String answer(String command) throws Exception {
        Path file = folder.resolve("answer");
        Files.deleteIfExists(file);
        line(command + " >" + file + ".new 2>&1; mv " + file + ".new " + file);
        await().atMost(PATIENCE).until(() -> Files.exists(file));
        return Files.readString(file);
    }

    /** Closes the terminal under what runs in it, and waits until that has ended too. */
    @Override
    public void close() throws Exception {
        String shell = run("list-panes", "-F", "#{pane_pid}").strip();
        List<ProcessHandle> running = shell.matches("\\d+")
                ? ProcessHandle.of(Long.parseLong(shell)).stream()
                        .flatMap(ProcessHandle::descendants)
                        .toList()
                : List.of();
        run("kill-server");
        await().atMost(PATIENCE).until(() -> running.stream().noneMatch(ProcessHandle::isAlive));
    }
}
