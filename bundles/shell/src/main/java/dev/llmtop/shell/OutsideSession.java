// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import dev.llmtop.agent.CommandSessions.Completion;
import dev.llmtop.agent.CommandSessions.Output;
import dev.llmtop.agent.CommandSessions.Session;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.felix.service.command.CommandProcessor;

/** A session that another bundle opened. */
final class OutsideSession implements Session {
    private final GogoSession session;
    private final Completer completer;

    OutsideSession(CommandProcessor processor, Output output, Completer completer) {
        session = new GogoSession(processor, stream(output::text), stream(output::complaint));
        this.completer = completer;
    }

    private static PrintStream stream(Consumer<String> sink) {
        return new PrintStream(new TextStream(sink), false, StandardCharsets.UTF_8);
    }

    @Override
    public boolean run(String line) {
        return session.run(line);
    }

    @Override
    public void interrupt() {
        session.interrupt();
    }

    @Override
    public Completion complete(String line, int cursor) {
        return completer.complete(line, cursor, session.commands());
    }

    @Override
    public void close() {
        interrupt();
        session.close();
    }
}
