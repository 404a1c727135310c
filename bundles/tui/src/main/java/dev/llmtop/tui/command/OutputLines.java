// SPDX-License-Identifier: MIT
package dev.llmtop.tui.command;

import dev.llmtop.model.Text;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What a command prints, as clean lines: the last 10,000, each at most 1,000 characters. A command's own thread writes, the drawing
 * thread reads; what comes after {@link #close} is dropped.
 */
final class OutputLines extends OutputStream {
    static final int MOST_LINES = 10_000;

    /** More bytes than a cleaned line has characters. */
    private static final int MOST_BYTES = 8_192;

    private static final int TAB = 8;

    private final Deque<String> lines = new ArrayDeque<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Runnable changed;
    private long dropped;
    private boolean closed;

    /** @param changed called after each line, by whoever writes */
    OutputLines(Runnable changed) {
        this.changed = changed;
    }

    @Override
    public void write(int one) {
        boolean ended;
        synchronized (this) {
            ended = take((byte) one);
        }
        if (ended) {
            changed.run();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        boolean ended = false;
        synchronized (this) {
            for (int at = offset; at < offset + length; at++) {
                ended |= take(bytes[at]);
            }
        }
        if (ended) {
            changed.run();
        }
    }

    private boolean take(byte one) {
        if (closed) {
            return false;
        }
        if (one == '\n') {
            end();
            return true;
        }
        if (line.size() < MOST_BYTES) {
            line.write(one);
        }
        return false;
    }

    private void end() {
        add(line.toString(StandardCharsets.UTF_8));
        line.reset();
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

    /** Adds a line of our own. */
    synchronized void say(String text) {
        if (!closed) {
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
        if (line.size() > 0) {
            all.add(clean(line.toString(StandardCharsets.UTF_8)));
        }
        return all.size() > MOST_LINES ? all.subList(all.size() - MOST_LINES, all.size()) : all;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
