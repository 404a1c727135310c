// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The built program as a process, with an environment and folders that are only the test's. */
final class Program {
    /** The distribution that the build made. */
    static final Path HOME = Path.of(System.getProperty("llmtop.distribution", "../../launcher/target/llmtop"))
            .toAbsolutePath()
            .normalize();

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private Path script = HOME.resolve("bin/llmtop");

    /** Keeps its home, its caches and what it prints in {@code folder}. */
    Program(Path folder) throws IOException {
        this.folder = folder;
        environment.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
        environment.put("PATH", System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("TMPDIR", folder.toString());
        // The JVM takes its temporary folder from nowhere else.
        environment.put("LLMTOP_JAVA_OPTS", "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
    }

    /** Sets a variable; null removes it. */
    Program with(String variable, String value) {
        if (value == null) {
            environment.remove(variable);
        } else {
            environment.put(variable, value);
        }
        return this;
    }

    Program script(Path other) {
        this.script = other;
        return this;
    }

    /** What the program sees of the environment. */
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    Path home() {
        return folder.resolve("home");
    }

    Path temporary() {
        return folder.resolve("tmp");
    }

    /** Runs to the end, at most a minute. */
    Result run(String... words) throws IOException, InterruptedException, TimeoutException {
        Running running = start(words);
        return running.await();
    }

    /** Starts with an empty standard input. */
    Running start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        return start(new ProcessBuilder(command));
    }

    /** Starts a shell command in which {@code "$LLMTOP"} is the program. */
    Running shell(String line) throws IOException {
        return start(new ProcessBuilder("/bin/sh", "-c", line));
    }

    private Running start(ProcessBuilder builder) throws IOException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("LLMTOP", script.toString());
        builder.directory(folder.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        return new Running(builder.start(), out, err);
    }

    /**
     * How it ended.
     *
     * @param code the exit code, 128 + signal if it was killed
     * @param out standard output
     * @param err standard error
     */
    record Result(int code, String out, String err) {}

    /**
     * A process under way.
     *
     * @param process the handle
     * @param out the file of its standard output
     * @param err the file of its standard error
     */
    record Running(Process process, Path out, Path err) implements AutoCloseable {
        Result await() throws IOException, InterruptedException, TimeoutException {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new TimeoutException("still running; it said: " + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        }

        String printed() {
            try {
                return Files.readString(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
