// SPDX-License-Identifier: MIT
package dev.llmtop.tui.command;

import dev.llmtop.agent.CommandSessions.Output;
import dev.llmtop.model.Text;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What a command prints, as clean lines: the last 10,000, each at most 1,000 characters. A command's own thread writes, the drawing
 * thread reads; what comes after {@link #close} is dropped.
 */
final class OutputLines implements Output {
    static final int MOST_LINES = 10_000;

    /** More characters than a cleaned line has. */
    private static final int MOST_TAKEN = 8_192;

    private static final int TAB = 8;

    private final Deque<String> lines = new ArrayDeque<>();
    private final StringBuilder line = new StringBuilder();
    private final Runnable changed;
    private long dropped;
    private boolean closed;

    /** @param changed called after each line, by whoever writes */
    OutputLines(Runnable changed) {
        this.changed = changed;
    }

    @Override
    public void text(String text) {
        boolean ended = false;
        synchronized (this) {
            for (int at = 0; at < text.length(); at++) {
                ended |= take(text.charAt(at));
            }
        }
        if (ended) {
            changed.run();
        }
    }

    /** Stands where the command came to it, as on any terminal. */
    @Override
    public void complaint(String text) {
        text(text);
    }

    private boolean take(char one) {
        if (closed) {
            return false;
        }
        if (one == '\n') {
            add(line.toString());
            line.setLength(0);
            return true;
        }
        if (line.length() < MOST_TAKEN) {
            line.append(one);
        }
        return false;
    }

    private void endLine() {
        if (line.length() > 0) {
            take('\n');
        }
    }

    private void add(String text) {
        lines.add(clean(text));
        if (lines.size() > MOST_LINES) {
            lines.removeFirst();
            dropped++;
        }
    }

    /** Columns stay columns; sequences that would colour or move go whole, and not only their first character. */
    private static String clean(String text) {
        StringBuilder spread = new StringBuilder();
        String plain = text.replaceAll("\u001b\\[[0-?]*[ -/]*[@-~]", "")
                .replaceAll("\u001b\\][^\u0007\u001b]*(\u0007|\u001b\\\\)?", "");
        for (int at = 0; at < plain.length(); at++) {
            if (plain.charAt(at) == '\t') {
                spread.append(" ".repeat(TAB - spread.length() % TAB));
            } else {
                spread.append(plain.charAt(at));
            }
        }
        return Text.clean(spread.toString().stripTrailing());
    }

    /** Adds lines of our own, behind what has begun. */
    synchronized void say(String text) {
        if (!closed) {
            endLine();
            text.lines().forEach(this::add);
        }
    }

    /** The lines so far, an unfinished one as well. */
    synchronized List<String> lines() {
        List<String> all = new java.util.ArrayList<>();
        if (dropped > 0) {
            all.add("(" + dropped + " earlier lines left out)");
        }
        all.addAll(lines);
        if (line.length() > 0) {
            all.add(clean(line.toString()));
        }
        return all.size() > MOST_LINES ? all.subList(all.size() - MOST_LINES, all.size()) : all;
    }

    /** Takes nothing more. */
    synchronized void close() {
        closed = true;
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
