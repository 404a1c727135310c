// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /proc/PID/stat} says (proc_pid_stat(5)).
 *
 * @param comm as the kernel has it, raw
 * @param state a letter: R, S, D, Z, …
 * @param parent 0 for none
 * @param cpuTicks user and system time
 * @param startTicks clock ticks after boot
 * @param residentPages resident memory
 */
record ProcessStat(String comm, char state, long parent, long cpuTicks, long startTicks, long residentPages) {
    /**
     * Reads a stat line; null where it is none.
     *
     * @param knownComm taken instead of a new text where it is the same
     */
    static @Nullable ProcessStat read(byte[] bytes, int length, String knownComm) {
        int open = indexOf(bytes, length);
        int close = lastIndexOf(bytes, length);
        if (open < 0 || close < open) {
            return null;
        }
        // The name is not quoted: it may hold blanks and parentheses, so it ends at the last one of the whole line.
        String comm = comm(bytes, open + 1, close, knownComm);
        Bytes fields = new Bytes(bytes, close + 1, length);
        String state = fields.field();
        long parent = fields.number(-1);
        long user = fields.skipFields(9).number(-1);
        long system = fields.number(-1);
        long start = fields.skipFields(6).number(-1);
        long resident = fields.skipFields(1).number(-1);
        if (state.length() != 1 || parent < 0 || user < 0 || system < 0 || start < 0) {
            return null;
        }
        return new ProcessStat(comm, state.charAt(0), parent, user + system, start, Math.max(0, resident));
    }

    private static String comm(byte[] bytes, int start, int end, String known) {
        if (known.length() == end - start) {
            int at = 0;
            while (at < known.length() && known.charAt(at) == bytes[start + at]) {
                at++;
            }
            if (at == known.length()) {
                return known;
            }
        }
        return new String(Arrays.copyOfRange(bytes, start, end), StandardCharsets.UTF_8);
    }

    private static int indexOf(byte[] bytes, int length) {
        for (int at = 0; at < length; at++) {
            if (bytes[at] == '(') {
                return at;
            }
        }
        return -1;
    }

    private static int lastIndexOf(byte[] bytes, int length) {
        for (int at = length - 1; at >= 0; at--) {
            if (bytes[at] == ')') {
                return at;
            }
        }
        return -1;
    }
}
