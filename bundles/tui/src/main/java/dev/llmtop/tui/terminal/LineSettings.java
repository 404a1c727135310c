// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import com.sun.jna.Memory;
import java.nio.ByteOrder;

/**
 * The layout of {@code struct termios}, and what a full-screen program changes in it. Sources: Linux asm-generic/termbits.h (the
 * same on x86-64 and aarch64) with glibc's and musl's wider array of characters behind it, macOS sys/termios.h.
 *
 * @param bytes of the structure; a little more than any libc has
 * @param flagBytes of each of the four flag words
 * @param characters offset of the control characters
 * @param wide the bits and places that differ between systems
 */
record LineSettings(int bytes, int flagBytes, int characters, Bits wide) {
    /** Both systems: line feeds are made of carriage returns, so that Enter is one key whatever sends it. */
    private static final int ICRNL = 0x100;

    private static final int ECHO = 0x8;

    /** Bits of the local flags, and the places of two control characters. */
    record Bits(int canonical, int signals, int extensions, int flowControl, int least, int time) {}

    private static final LineSettings LINUX = new LineSettings(80, 4, 17, new Bits(0x2, 0x1, 0x8000, 0x400, 6, 5));
    private static final LineSettings MAC = new LineSettings(96, 8, 32, new Bits(0x100, 0x80, 0x400, 0x200, 16, 17));

    static LineSettings of(String system) {
        return system.startsWith("Mac") ? MAC : LINUX;
    }

    /** No echo, no lines, no signals from keys: every key is read as it is pressed. Output stays as it was. */
    void makeRaw(Memory settings) {
        change(settings, 0, ICRNL, wide.flowControl());
        change(settings, 3, 0, ECHO | wide.canonical() | wide.signals() | wide.extensions());
        settings.setByte(characters + wide.least(), (byte) 1);
        settings.setByte(characters + wide.time(), (byte) 0);
    }

    private void change(Memory settings, int word, int set, int cleared) {
        // The flags lie in the low half of a long; both systems that have longs are little-endian.
        long offset =
                (long) word * flagBytes + (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0 : flagBytes - 4);
        settings.setInt(offset, settings.getInt(offset) & ~cleared | set);
    }
}
