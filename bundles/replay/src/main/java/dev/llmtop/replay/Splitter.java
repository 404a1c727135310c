// SPDX-License-Identifier: MIT
package dev.llmtop.replay;

import dev.llmtop.agent.SnapshotReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts bytes into JSON documents, one a line or indented. A document that breaks off ends where the next line begins with a brace, so
 * that one torn line costs nothing but itself; what stands between documents is handed out as a document too, for somebody to
 * complain of. Not safe for several threads.
 */
final class Splitter {
    private static final int CHUNK = 64 * 1_024;

    private final Sink sink;

    private byte[] record = new byte[16 * 1_024];
    private int length;
    private boolean tooLong;
    private int depth;
    private boolean inText;
    private boolean escaped;
    private boolean atLineStart = true;
    private long offset;
    private long recordOffset;
    private int line = 1;
    private int recordLine;

    /** Takes what was cut. */
    interface Sink {
        /**
         * A document.
         *
         * @param bytes its text, without what stands around it; owned by the sink
         * @param offset of its first byte
         * @param line of its first byte, from 1
         * @return whether there shall be more
         */
        boolean record(byte[] bytes, long offset, int line) throws IOException;

        /** A document of more than {@link SnapshotReader#MOST_BYTES} bytes, which were not kept. */
        boolean tooLong(int line) throws IOException;
    }

    Splitter(Sink sink) {
        this.sink = sink;
    }

    /** Reads to the end, or until the sink has enough. */
    void read(InputStream in) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            for (int at = 0; at < count; at++) {
                if (!take(chunk[at])) {
                    return;
                }
            }
        }
        if (length > 0 || tooLong) {
            emit();
        }
    }

    private boolean take(byte next) throws IOException {
        boolean goOn = true;
        if (atLineStart && next == '{' && depth > 0) {
            goOn = emit();
        }
        boolean begins = length == 0 && !tooLong;
        if (begins && !isBlank(next)) {
            recordOffset = offset;
            recordLine = line;
        }
        if (!begins || !isBlank(next)) {
            append(next);
            follow(next);
        }
        offset++;
        atLineStart = next == '\n';
        if (atLineStart) {
            line++;
        }
        boolean ends = (length > 0 || tooLong) && depth <= 0 && (next == '}' || atLineStart);
        return ends ? emit() && goOn : goOn;
    }

    private void follow(byte next) {
        if (inText) {
            if (escaped) {
                escaped = false;
            } else if (next == '\\') {
                escaped = true;
            } else if (next == '"') {
                inText = false;
            }
            return;
        }
        switch (next) {
            case '"' -> inText = depth > 0;
            case '{', '[' -> depth++;
            case '}', ']' -> depth--;
            default -> {}
        }
    }

    private void append(byte next) {
        if (length == SnapshotReader.MOST_BYTES) {
            tooLong = true;
            length = 0;
        }
        if (tooLong) {
            return;
        }
        if (length == record.length) {
            record = Arrays.copyOf(record, Math.min(SnapshotReader.MOST_BYTES, length * 2));
        }
        record[length] = next;
        length++;
    }

    private boolean emit() throws IOException {
        boolean cut = tooLong;
        int end = length;
        while (end > 0 && isBlank(record[end - 1])) {
            end--;
        }
        length = 0;
        tooLong = false;
        depth = 0;
        inText = false;
        escaped = false;
        return cut ? sink.tooLong(recordLine) : sink.record(Arrays.copyOf(record, end), recordOffset, recordLine);
    }

    private static boolean isBlank(byte next) {
        return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }
}
