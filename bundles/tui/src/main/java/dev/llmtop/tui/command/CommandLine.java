// SPDX-License-Identifier: MIT
package dev.llmtop.tui.command;

import dev.llmtop.agent.CommandSessions;
import dev.llmtop.agent.CommandSessions.Output;
import dev.llmtop.agent.CommandSessions.Session;
import dev.llmtop.model.Text;
import dev.llmtop.tui.state.CommandPane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs commands, one at a time, each in a session and on a thread of its own; the drawing thread never waits for one. A command that
 * is cut is interrupted and no longer listened to.
 */
public final class CommandLine {
    private static final int MOST_REMEMBERED = 200;

    private final Runnable changed;
    private final List<String> past = new ArrayList<>();
    private volatile Optional<CommandSessions> sessions = Optional.empty();
    private volatile Optional<Run> run = Optional.empty();
    private int recalled;

    private record Run(String command, OutputLines output, Runnable breakingOff) {
        boolean isUnderWay() {
            return !output.isClosed();
        }
    }

    /** @param changed called by any thread when there is more to show */
    public CommandLine(Runnable changed) {
        this.changed = changed;
    }

    /** What runs commands is there. */
    public synchronized void arrived(CommandSessions other) {
        sessions = Optional.of(other);
    }

    /** What ran commands is gone. */
    public synchronized void left(CommandSessions other) {
        sessions = sessions.filter(one -> one != other);
    }

    /** Runs a command; what it prints is seen in {@link #pane}. To be called when none runs. */
    public void run(String command) {
        remember(command);
        run.ifPresent(before -> before.output().close());
        OutputLines output = new OutputLines(changed);
        Optional<Session> session = open(output);
        if (session.isPresent()) {
            start(command, output, session.get());
        } else {
            output.say("no commands are there yet: the shell's bundles have not started");
            output.close();
            run = Optional.of(new Run(command, output, () -> {}));
        }
    }

    private void start(String command, OutputLines output, Session session) {
        Thread thread = new Thread(() -> execute(command, output, session), "llmtop-command");
        thread.setDaemon(true);
        run = Optional.of(new Run(command, output, () -> {
            session.interrupt();
            session.close();
            // It may stand before or behind what the session can interrupt; nothing more is run in this session.
            thread.interrupt();
        }));
        thread.start();
    }

    private void execute(String command, OutputLines output, Session session) {
        try (session) {
            session.run(command);
        } catch (RuntimeException | LinkageError broken) {
            // The shell was stopped or replaced meanwhile.
            output.say(Text.clean("the shell failed: " + broken));
        } finally {
            output.close();
            changed.run();
        }
    }

    /** Breaks off the command that runs; false where none does. */
    public boolean cut() {
        Optional<Run> current = run.filter(Run::isUnderWay);
        current.ifPresent(one -> {
            one.output().say("cut");
            one.output().close();
            one.breakingOff().run();
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

    /** Completes the word under the cursor as far as all that fits agrees; as it was where nothing does. */
    public Completion complete(String text, int cursor) {
        Completion unchanged = new Completion(text, cursor, List.of());
        Optional<Session> opened = open(new OutputLines(() -> {}));
        if (opened.isEmpty()) {
            return unchanged;
        }
        try (Session session = opened.get()) {
            return Completion.of(text, cursor, session.complete(text, cursor));
        } catch (RuntimeException | LinkageError broken) {
            // Without a shell there is nothing to complete with.
            return unchanged;
        }
    }

    private Optional<Session> open(Output output) {
        try {
            return sessions.map(one -> one.open(output));
        } catch (RuntimeException | LinkageError gone) {
            // The shell is being stopped; soon it is unbound as well.
            return Optional.empty();
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
}
