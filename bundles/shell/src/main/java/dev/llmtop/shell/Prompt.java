// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import dev.llmtop.model.Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;

/** Reads lines and runs them as Gogo commands, one after the other, until the input ends or someone says {@code exit}. */
final class Prompt {
    /** Our commands first, then Felix's own. */
    private static final String SCOPE = "llmtop:felix:gogo:*";

    private static final String PROMPT = "llmtop> ";
    private static final Set<String> ENDS = Set.of("exit", "quit");

    /** A script may come before the bundles whose commands it names have started. */
    private static final List<String> AWAITED = List.of("llmtop:engines", "felix:lb");

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    private final CommandProcessor processor;
    private final Terminal terminal;
    private volatile boolean stopped;

    /**
     * Where lines come from and text goes.
     *
     * @param prompting whether someone sits there
     */
    record Terminal(BufferedReader in, PrintStream out, PrintStream errors, boolean prompting) {
        /** The standard streams, by their descriptors: Gogo hangs its own streams into {@link System}. */
        static Terminal of(InputStream in, PrintStream out, PrintStream errors, Charset charset, boolean prompting) {
            return new Terminal(new BufferedReader(new InputStreamReader(in, charset)), out, errors, prompting);
        }
    }

    Prompt(CommandProcessor processor, Terminal terminal) {
        this.processor = processor;
        this.terminal = terminal;
    }

    /** Runs to the end of the input; never fails. */
    void run() {
        try (CommandSession session =
                processor.createSession(InputStream.nullInputStream(), terminal.out(), terminal.errors())) {
            session.put("SCOPE", SCOPE);
            awaitCommands(session);
            String line = next();
            while (line != null && !ENDS.contains(line.strip())) {
                if (!line.isBlank()) {
                    execute(session, line);
                }
                line = stopped || terminal.out().checkError() ? null : next();
            }
        } catch (IOException end) {
            // An input that cannot be read has ended.
            stopped = true;
        }
    }

    /** Lets nothing more be run. */
    void stop() {
        stopped = true;
    }

    private @Nullable String next() throws IOException {
        if (terminal.prompting()) {
            terminal.out().print(PROMPT);
            terminal.out().flush();
        }
        return terminal.in().readLine();
    }

    /** The output of a command and what it complains of stand in the order of the commands, also where both go to one place. */
    private void execute(CommandSession session, String line) {
        try {
            Object result = session.execute(line);
            if (result != null && !isVerdictOfAFilter(line, result)) {
                terminal.out().println(session.format(result, Converter.INSPECT));
            }
        } catch (Exception failed) {
            terminal.out().flush();
            terminal.errors().println(oneLine(failed));
        }
        terminal.out().flush();
        terminal.errors().flush();
    }

    /** Felix's {@code grep} returns whether it found something: for scripts, not for a reader. */
    private static boolean isVerdictOfAFilter(String line, Object result) {
        return result instanceof Boolean && line.indexOf('|') >= 0;
    }

    private static String oneLine(Throwable failed) {
        Throwable cause =
                failed instanceof InvocationTargetException && failed.getCause() != null ? failed.getCause() : failed;
        String message = cause.getMessage();
        return Text.clean(
                message == null || message.isBlank() ? cause.getClass().getSimpleName() : message);
    }

    private void awaitCommands(CommandSession session) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!stopped && System.nanoTime() < end) {
            Object known = session.get(".commands");
            if (!(known instanceof Collection<?> names) || names.containsAll(AWAITED)) {
                return;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
