// SPDX-License-Identifier: MIT
package dev.llmtop.launcher.attach;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/** A prompt with line editing, history and completion in this terminal, for an instance elsewhere. */
final class RemotePrompt {
    private static final Set<String> ENDS = Set.of("exit", "quit");
    private static final String PROMPT = "llmtop> ";

    private final Attachment attachment;
    private final Optional<Path> history;

    /** @param history where lines are remembered; empty for nowhere */
    RemotePrompt(Attachment attachment, Optional<Path> history) {
        this.attachment = attachment;
        this.history = history;
    }

    /**
     * Reads and runs lines until the user leaves.
     *
     * @throws IOException where the instance ends or the terminal cannot be used
     */
    void run() throws IOException {
        // stty and nothing native: the other ways of asking a terminal warn on newer Java versions.
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).provider("exec").build()) {
            LineReader reader = reader(terminal);
            terminal.handle(Signal.INT, signal -> breakOff());
            String line = next(reader);
            while (!ENDS.contains(line.strip())) {
                if (!line.isBlank()) {
                    attachment.run(line, terminal.writer()::print, terminal.writer()::print);
                    terminal.flush();
                }
                line = next(reader);
            }
        }
    }

    private LineReader reader(Terminal terminal) {
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("llmtop")
                // Gogo's own characters must reach it as they are.
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .completer((reader, parsed, candidates) -> complete(parsed.line(), parsed.cursor(), candidates));
        history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        return builder.build();
    }

    private void complete(String line, int cursor, java.util.List<Candidate> candidates) {
        try {
            for (String word : attachment.complete(line, cursor).words()) {
                boolean goesOn = word.endsWith("/") || word.endsWith(":");
                candidates.add(new Candidate(word, word, null, null, null, null, !goesOn));
            }
        } catch (IOException ended) {
            // The next line will say it.
            candidates.clear();
        }
    }

    private void breakOff() {
        try {
            attachment.interrupt();
        } catch (IOException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next line; {@code exit} at the end of the input; a line that is given up is empty. */
    private static String next(LineReader reader) {
        try {
            return reader.readLine(PROMPT);
        } catch (UserInterruptException givenUp) {
            return "";
        } catch (EndOfFileException end) {
            return "exit";
        }
    }
}
