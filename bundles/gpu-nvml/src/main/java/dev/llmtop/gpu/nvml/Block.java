// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Memory that a call writes into.
 *
 * @param bytes direct, in the order of the machine
 * @param address where it lies
 */
record Block(ByteBuffer bytes, long address) {
    /** The block with all of its first bytes 0. */
    Block clear(int length) {
        for (int at = 0; at < length; at++) {
            bytes.put(at, (byte) 0);
        }
        return this;
    }

    long unsigned(int offset) {
        return Integer.toUnsignedLong(bytes.getInt(offset));
    }

    int signed(int offset) {
        return bytes.getInt(offset);
    }

    long wide(int offset) {
        return bytes.getLong(offset);
    }

    /** Text that ends with a zero, or with the room it has. */
    String text(int offset, int most) {
        byte[] copy = new byte[most];
        int length = 0;
        while (length < most && bytes.get(offset + length) != 0) {
            copy[length] = bytes.get(offset + length);
            length++;
        }
        return new String(copy, 0, length, StandardCharsets.UTF_8);
    }
}
