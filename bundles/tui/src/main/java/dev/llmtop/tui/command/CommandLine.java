// SPDX-License-Identifier: MIT
package dev.llmtop.tui.command;

import dev.llmtop.model.Text;
import dev.llmtop.tui.state.CommandPane;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;

/**
 * Runs Gogo commands, one at a time, each on a thread of its own; the drawing thread never waits for one. A command that is cut is
 * interrupted and no longer listened to.
 */
public final class CommandLine {
    /** Our commands first, then Felix's own. */
    private static final String SCOPE = "llmtop:felix:gogo:*";

    private static final int MOST_REMEMBERED = 200;

    private final Runnable changed;
    private final List<String> past = new ArrayList<>();
    private volatile Optional<CommandProcessor> processor = Optional.empty();
    private volatile Optional<Run> run = Optional.empty();
    private int recalled;

    private record Run(String command, OutputLines output, Thread thread) {
        boolean isUnderWay() {
            return !output.isClosed();
        }
    }

    /** @param changed called by any thread when there is more to show */
    public CommandLine(Runnable changed) {
        this.changed = changed;
    }

    /** What runs commands is there. */
    public synchronized void arrived(CommandProcessor other) {
        processor = Optional.of(other);
    }

    /** What ran commands is gone. */
    public synchronized void left(CommandProcessor other) {
        processor = processor.filter(one -> one != other);
    }

    /** Runs a command; what it prints is seen in {@link #pane}. To be called when none runs. */
    public void run(String command) {
        remember(command);
        run.ifPresent(before -> before.output().close());
        OutputLines output = new OutputLines(changed);
        Thread thread = new Thread(() -> execute(command, output), "llmtop-command");
        thread.setDaemon(true);
        run = Optional.of(new Run(command, output, thread));
        thread.start();
    }

    /** Breaks off the command that runs; false where none does. */
    public boolean cut() {
        Optional<Run> current = run.filter(Run::isUnderWay);
        current.ifPresent(one -> {
            one.output().say("cut");
            one.output().close();
            one.thread().interrupt();
        });
        return current.isPresent();
    }

    /** What is to be shown of the last command. */
    public CommandPane pane() {
        return run.map(one -> new CommandPane(one.command(), one.output().lines(), one.isUnderWay(), List.of()))
                .orElse(CommandPane.EMPTY);
    }

    /** An earlier (-1) or later (1) command; empty text behind the last one. */
    public String recall(int direction) {
        recalled = Math.max(0, Math.min(past.size(), recalled + direction));
        return recalled == past.size() ? "" : past.get(recalled);
    }

    /** Names of the commands that are there, with and without their scope, in order. */
    public List<String> commands() {
        return processor.map(CommandLine::commands).orElse(List.of());
    }

    private static List<String> commands(CommandProcessor from) {
        try (CommandSession session = session(from, new OutputLines(() -> {}))) {
            TreeSet<String> names = new TreeSet<>();
            if (session.get(".commands") instanceof Collection<?> all) {
                for (Object name : all) {
                    String scoped = String.valueOf(name);
                    names.add(scoped);
                    names.add(scoped.substring(scoped.indexOf(':') + 1));
                }
            }
            return List.copyOf(names);
        }
    }

    private void remember(String command) {
        past.remove(command);
        past.add(command);
        if (past.size() > MOST_REMEMBERED) {
            past.remove(0);
        }
        recalled = past.size();
    }

    private void execute(String command, OutputLines output) {
        Optional<CommandProcessor> current = processor;
        if (current.isEmpty()) {
            output.say("no commands are there yet: the shell's bundles have not started");
        } else {
            execute(current.get(), command, output);
        }
        output.close();
        changed.run();
    }

    private static void execute(CommandProcessor current, String command, OutputLines output) {
        try (CommandSession session = session(current, output)) {
            Object result = session.execute(command);
            if (result != null && !(result instanceof Boolean && command.indexOf('|') >= 0)) {
                output.say(String.valueOf(session.format(result, Converter.INSPECT)));
            }
        } catch (Exception | LinkageError | StackOverflowError failed) {
            output.say(oneLine(failed));
        }
    }

    private static CommandSession session(CommandProcessor from, OutputLines output) {
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        CommandSession session = from.createSession(InputStream.nullInputStream(), out, out);
        session.put("SCOPE", SCOPE);
        return session;
    }

    private static String oneLine(Throwable failed) {
        Throwable cause =
                failed instanceof InvocationTargetException && failed.getCause() != null ? failed.getCause() : failed;
        String message = cause.getMessage();
        return Text.clean(
                message == null || message.isBlank() ? cause.getClass().getSimpleName() : message);
    }
}
