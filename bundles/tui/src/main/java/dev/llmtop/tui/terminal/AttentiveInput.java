// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The keyboard's bytes, with two questions of time settled before anybody decodes them. An escape sequence that comes in pieces, as
 * it may over a slow line, is waited for a moment: else its head would be the Esc key and its tail letters. And what comes faster
 * than anybody types is marked as pasted, as terminals with bracketed paste do themselves: else a page of text would be commands.
 */
final class AttentiveInput extends InputStream {
    static final String PASTE_BEGINS = "\u001b[200~";
    static final String PASTE_ENDS = "\u001b[201~";

    private static final byte ESCAPE = 0x1b;
    private static final int CHUNK = 4096;

    /** Nobody types so many keys between two reads. */
    private static final int SUSPICIOUS = 4;

    /** Nobody's script types so long a line. */
    private static final int FLOOD = 256;

    private static final Duration SEQUENCE_PATIENCE = Duration.ofMillis(50);
    private static final long FLOOD_PATIENCE_NANOS = 20_000_000;
    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private final InputStream keyboard;
    private final Duration sequencePatience;
    private byte[] held = new byte[0];
    private int next;
    private boolean pasting;
    private boolean waitedForRest;

    AttentiveInput(InputStream keyboard) {
        this(keyboard, SEQUENCE_PATIENCE);
    }

    /** @param sequencePatience how long the rest of an escape sequence is waited for */
    AttentiveInput(InputStream keyboard, Duration sequencePatience) {
        this.keyboard = keyboard;
        this.sequencePatience = sequencePatience;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (next == held.length && !fill()) {
            return -1;
        }
        int count = Math.min(length, held.length - next);
        System.arraycopy(held, next, target, offset, count);
        next += count;
        return count;
    }

    /** What can be read without blocking; where an escape sequence is not over, waits a moment for its rest. */
    @Override
    public int available() throws IOException {
        int there = held.length - next + keyboard.available();
        if (there == 0 && !waitedForRest && endsInSequence()) {
            waitedForRest = true;
            there = awaitMore(sequencePatience.toNanos());
        }
        return there;
    }

    private boolean fill() throws IOException {
        byte[] chunk = readChunk();
        if (chunk.length == 0) {
            return false;
        }
        waitedForRest = false;
        next = 0;
        if (!pasting && plainBytes(chunk) >= SUSPICIOUS) {
            chunk = withFollowing(chunk);
            if (!pasting(chunk) && plainBytes(chunk) >= FLOOD) {
                held = wrapped(chunk);
                return true;
            }
        }
        pasting = pasting(chunk);
        held = chunk;
        return true;
    }

    /** Adds what comes at once behind it, until it is a flood or a pause comes. */
    private byte[] withFollowing(byte[] first) throws IOException {
        byte[] all = first;
        while (all.length < FLOOD && awaitMore(FLOOD_PATIENCE_NANOS) > 0) {
            all = joined(all, readChunk());
        }
        return all;
    }

    /** A flood to its end, between the marks of a paste; no mark of its own can end it early. */
    private byte[] wrapped(byte[] first) throws IOException {
        byte[] all = withoutEscapes(first);
        // Not without end: what still comes after this is the next paste.
        while (all.length < 1 << 20 && awaitMore(FLOOD_PATIENCE_NANOS) > 0) {
            all = joined(all, withoutEscapes(readChunk()));
        }
        return joined(
                joined(PASTE_BEGINS.getBytes(StandardCharsets.US_ASCII), all),
                PASTE_ENDS.getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] readChunk() throws IOException {
        byte[] chunk = new byte[CHUNK];
        int count = keyboard.read(chunk);
        return count <= 0 ? new byte[0] : java.util.Arrays.copyOf(chunk, count);
    }

    private int awaitMore(long patience) throws IOException {
        long end = System.nanoTime() + patience;
        int there = keyboard.available();
        while (there == 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            there = keyboard.available();
        }
        return there;
    }

    /** Whether a paste that the terminal marked is under way behind these bytes. */
    private boolean pasting(byte[] chunk) {
        String text = new String(chunk, StandardCharsets.ISO_8859_1);
        int begins = text.lastIndexOf(PASTE_BEGINS);
        int ends = text.lastIndexOf(PASTE_ENDS);
        return begins < 0 && ends < 0 ? pasting : begins > ends;
    }

    /** Bytes that are no part of an escape sequence, roughly: a held arrow key and a mouse wheel are floods too. */
    private static int plainBytes(byte[] chunk) {
        int plain = 0;
        boolean sequence = false;
        for (byte each : chunk) {
            if (each == ESCAPE) {
                sequence = true;
            } else if (!sequence) {
                plain++;
            } else if (each >= '@' && each != '[' && each != 'O') {
                sequence = false;
            }
        }
        return plain;
    }

    private boolean endsInSequence() {
        int last = held.length - 1;
        for (int at = last; at >= 0 && at > last - 32; at--) {
            if (held[at] == ESCAPE) {
                return at == last || !isOver(at + 1, last);
            }
        }
        return false;
    }

    private boolean isOver(int introducer, int last) {
        if (held[introducer] == '[' || held[introducer] == 'O') {
            return last > introducer && held[last] >= '@';
        }
        return true;
    }

    private static byte[] withoutEscapes(byte[] bytes) {
        byte[] kept = new byte[bytes.length];
        int count = 0;
        for (byte each : bytes) {
            if (each != ESCAPE) {
                kept[count++] = each;
            }
        }
        return java.util.Arrays.copyOf(kept, count);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
