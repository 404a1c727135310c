// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code /proc/PID/cmdline}: arguments that each end in a NUL, or a title that a process wrote over them. */
final class ArgumentVector {
    /** The most bytes of a command line that are read; a kernel allows 2 MiB and more. */
    static final int MOST_BYTES = 65_536;

    /** The most arguments that are kept. */
    static final int MOST_ARGUMENTS = 4_096;

    private ArgumentVector() {}

    /** The arguments, raw; empty for kernel threads and zombies. The last one of a line that was cut is left out. */
    static List<String> read(byte[] bytes, int length) {
        int end = length;
        // A process that shortens its title leaves NULs behind it.
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        boolean cut = length >= MOST_BYTES && end == length;
        List<String> arguments = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= end && end > 0 && arguments.size() < MOST_ARGUMENTS; at++) {
            if (at == end || bytes[at] == 0) {
                arguments.add(new String(bytes, start, at - start, StandardCharsets.UTF_8));
                start = at + 1;
            }
        }
        if (cut && arguments.size() > 1 && start > end) {
            // Half a number would be another number.
            arguments.remove(arguments.size() - 1);
        }
        return arguments.size() == 1 ? List.of(arguments.get(0).stripTrailing()) : List.copyOf(arguments);
    }
}
