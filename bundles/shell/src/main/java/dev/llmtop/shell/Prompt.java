// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Set;
import org.apache.felix.service.command.CommandProcessor;
import org.jspecify.annotations.Nullable;

/** Reads lines and runs them, one after the other, until the input ends or someone says {@code exit}. */
final class Prompt {
    private static final String PROMPT = "llmtop> ";
    private static final Set<String> ENDS = Set.of("exit", "quit");

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
        try (GogoSession session = new GogoSession(processor, terminal.out(), terminal.errors())) {
            String line = next();
            while (line != null && !ENDS.contains(line.strip())) {
                if (!line.isBlank()) {
                    session.run(line);
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
}
