// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import dev.llmtop.model.Text;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Job;

/** Runs lines as Gogo commands, one after the other. Not safe for several threads. */
final class GogoSession implements AutoCloseable {
    /** Our commands first, then Felix's own. */
    private static final List<String> SCOPES = List.of("llmtop", "felix", "gogo");

    /** A script may come before the bundles whose commands it names have started. */
    private static final List<String> AWAITED = List.of("llmtop:engines", "felix:lb");

    private static final Pattern JAVA_NAME = Pattern.compile("^(?:[a-z][\\w]*\\.)+[A-Z]\\w*(?:Exception|Error): ");

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    private final CommandSession session;
    private final PrintStream out;
    private final PrintStream errors;
    private boolean awaited;
    private volatile boolean complained;

    GogoSession(CommandProcessor processor, PrintStream out, PrintStream errors) {
        this.out = new PrintStream(new TextStream(text -> print(out, errors, text)), false, StandardCharsets.UTF_8);
        this.errors =
                new PrintStream(new TextStream(text -> complain(out, errors, text)), false, StandardCharsets.UTF_8);
        session = processor.createSession(InputStream.nullInputStream(), this.out, this.errors);
        session.put("SCOPE", String.join(":", SCOPES) + ":*");
    }

    /**
     * Runs a line. Its output and what it complains of stand in the order of the commands, also where both go to one place.
     *
     * @return whether it succeeded: nothing was thrown and nothing complained of
     */
    boolean run(String line) {
        awaitCommands();
        complained = false;
        try {
            Object result = session.execute(line);
            if (result != null && !isVerdictOfAFilter(line, result)) {
                out.println(session.format(result, Converter.INSPECT));
            }
        } catch (Exception | LinkageError | StackOverflowError failed) {
            out.flush();
            errors.println(oneLine(failed));
        }
        out.flush();
        errors.flush();
        return !complained;
    }

    /** Felix's own commands print what they could not do as a Java exception, as output, and return as if all were well. */
    private void print(PrintStream out, PrintStream errors, String text) {
        if (JAVA_NAME.matcher(text).find()) {
            complain(out, errors, text);
        } else {
            out.print(text);
            out.flush();
        }
    }

    private void complain(PrintStream out, PrintStream errors, String text) {
        complained = true;
        // Where both go to one place, the order is that of the command.
        out.flush();
        errors.print(JAVA_NAME.matcher(text).replaceFirst(""));
        errors.flush();
    }

    /** The names by which commands can be called, sorted: with their scope, and without where the short name finds them. */
    Collection<String> commands() {
        TreeSet<String> names = new TreeSet<>();
        if (session.get(".commands") instanceof Collection<?> known) {
            for (Object command : known) {
                String name = String.valueOf(command);
                names.add(name);
                int colon = name.indexOf(':');
                if (colon > 0 && SCOPES.contains(name.substring(0, colon))) {
                    names.add(name.substring(colon + 1));
                }
            }
        }
        return names;
    }

    /** Breaks off the line that is running; may come from any thread. */
    void interrupt() {
        // Not the thread: Gogo would hold the job for one that still runs, and refuse the next.
        Job running = session.foregroundJob();
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public void close() {
        session.close();
    }

    private void awaitCommands() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!awaited && System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
            Object known = session.get(".commands");
            if (!(known instanceof Collection<?> names) || names.containsAll(AWAITED)) {
                break;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        awaited = true;
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
}
