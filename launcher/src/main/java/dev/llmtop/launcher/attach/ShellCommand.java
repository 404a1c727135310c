// SPDX-License-Identifier: MIT
package dev.llmtop.launcher.attach;

import dev.llmtop.launcher.attach.Instances.Instance;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.channels.AsynchronousCloseException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** {@code llmtop shell}: lines for a running instance, from a terminal, a pipe or the command line. */
public final class ShellCommand {
    private static final Set<String> ENDS = Set.of("exit", "quit");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final Path folder;
    private final Streams streams;
    private final Optional<Path> history;

    /**
     * The streams of this process.
     *
     * @param terminal whether someone sits there
     */
    public record Streams(InputStream in, PrintStream out, PrintStream errors, boolean terminal) {}

    /**
     * A command.
     *
     * @param folder of the sockets
     * @param history where lines are remembered; empty for nowhere
     */
    public ShellCommand(Path folder, Streams streams, Optional<Path> history) {
        this.folder = folder;
        this.streams = streams;
        this.history = history;
    }

    /**
     * Runs it; the exit code: 0, or 1 where a line failed or nobody is there, or 2 where it is not clear who is meant.
     *
     * @param pid of the instance that is meant; empty where there is but one
     * @param line the one line to run; empty for those of the standard input
     */
    public int run(OptionalLong pid, Optional<String> line) throws IOException {
        List<Instance> instances = Instances.in(folder);
        if (pid.isPresent()) {
            instances = instances.stream()
                    .filter(instance -> instance.pid() == pid.getAsLong())
                    .toList();
        }
        if (instances.isEmpty()) {
            say(
                    pid.isPresent()
                            ? "no instance of yours has pid " + pid.getAsLong()
                            : "no instance of yours is running; start llmtop in another terminal");
            return FAILED;
        }
        if (instances.size() > 1) {
            say("several instances are running; choose one with --pid:");
            instances.forEach(instance -> streams.errors().println("  " + instance.pid() + age(instance.pid())));
            return USAGE;
        }
        try (Attachment attachment = Attachment.to(instances.get(0).socket(), PATIENCE)) {
            return talk(attachment, line);
        } catch (AsynchronousCloseException late) {
            say("the instance " + instances.get(0).pid() + " does not answer; is it stopped?");
            return FAILED;
        } catch (IOException ended) {
            say("the instance " + instances.get(0).pid() + " does not answer: " + ended.getMessage());
            return FAILED;
        }
    }

    private int talk(Attachment attachment, Optional<String> line) throws IOException {
        if (line.isPresent()) {
            return run(attachment, line.get()) ? OK : FAILED;
        }
        if (streams.terminal()) {
            new RemotePrompt(attachment, history).run();
            return OK;
        }
        int code = OK;
        BufferedReader lines = new BufferedReader(new InputStreamReader(streams.in(), Charset.defaultCharset()));
        String next = lines.readLine();
        while (next != null && !ENDS.contains(next.strip())) {
            if (!next.isBlank() && !run(attachment, next)) {
                code = FAILED;
            }
            next = streams.out().checkError() ? null : lines.readLine();
        }
        return code;
    }

    private boolean run(Attachment attachment, String line) throws IOException {
        boolean succeeded = attachment.run(line, streams.out()::print, streams.errors()::print);
        streams.out().flush();
        streams.errors().flush();
        return succeeded;
    }

    private void say(String line) {
        streams.errors().println("llmtop: " + line);
    }

    private static String age(long pid) {
        Optional<Instant> start =
                ProcessHandle.of(pid).map(ProcessHandle::info).flatMap(ProcessHandle.Info::startInstant);
        return start.map(since -> "  running for "
                        + Duration.between(since, Instant.now()).toMinutes() + " min")
                .orElse("");
    }
}
