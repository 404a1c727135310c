// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How a running instance and another terminal of the same user speak over a Unix domain socket: messages of a type (1 byte), a length
 * (4 bytes, big-endian) and a text in UTF-8. The instance speaks first, with {@link Type#HELLO}.
 */
public final class Wire {
    /** The longest text that an instance takes, in bytes. */
    public static final int LONGEST_REQUEST = 64 * 1024;

    /** The longest text that an instance sends, in bytes. */
    public static final int LONGEST_ANSWER = 16 * 1024 * 1024;

    private static final int HEAD_BYTES = 5;

    private Wire() {}

    /** What a message is. The order is part of the protocol: new ones come at the end. */
    public enum Type {
        /** From the instance: its version, its pid and what it was configured with, parted by line feeds. */
        HELLO,
        /** Run this line. */
        RUN,
        /** Break off the line that is running. */
        INTERRUPT,
        /** Complete: the cursor as a number, a line feed, the line. */
        COMPLETE,
        /** What a command printed, a part of it. */
        TEXT,
        /** What it complained of. */
        COMPLAINT,
        /** The line ended: {@code 0}, or {@code 1} where it failed. */
        DONE,
        /** What the word could become: where it begins, then a word a line. */
        WORDS,
        /** The last snapshot in the form that the text names; answered by TEXT and DONE. */
        SNAPSHOT
    }

    /**
     * A message.
     *
     * @param text may be empty
     */
    public record Message(Type type, String text) {}

    /**
     * Sends a message; blocks until it is out.
     *
     * @throws IOException where the other side is gone
     */
    public static void write(WritableByteChannel channel, Message message) throws IOException {
        byte[] text = message.text().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + text.length);
        bytes.put((byte) message.type().ordinal()).putInt(text.length).put(text).flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Waits for a message; empty where the other side ended.
     *
     * @param longest text that is taken, in bytes
     * @throws IOException where what came is no message, or longer, or ends in its middle
     */
    public static Optional<Message> read(ReadableByteChannel channel, int longest) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        if (!fill(channel, head)) {
            return Optional.empty();
        }
        int type = head.get();
        int length = head.getInt();
        if (type < 0 || type >= Type.values().length || length < 0 || length > longest) {
            throw new IOException("not a message of llmtop");
        }
        ByteBuffer text = ByteBuffer.allocate(length);
        if (length > 0 && !fill(channel, text)) {
            throw new EOFException("a message broke off");
        }
        return Optional.of(new Message(Type.values()[type], new String(text.array(), StandardCharsets.UTF_8)));
    }

    /** Whether the buffer was filled; false where the channel ended before its first byte. */
    private static boolean fill(ReadableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                if (buffer.position() == 0) {
                    return false;
                }
                throw new EOFException("a message broke off");
            }
        }
        buffer.flip();
        return true;
    }
}
