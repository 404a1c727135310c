// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Watches a process until its end. */
final class PeakMemory {
    private static final Pattern HIGH_WATER = Pattern.compile("VmHWM:\\s*(\\d+) kB");

    private PeakMemory() {}

    /**
     * The most resident memory in bytes that the process had; the kernel keeps the peak, so that only what came after the last look is
     * missed. 0 where /proc does not tell.
     */
    static long untilTheEnd(Process process, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        long most = 0;
        do {
            most = Math.max(most, now(process.pid()));
        } while (!process.waitFor(10, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline);
        return most;
    }

    private static long now(long pid) {
        try {
            Matcher line = HIGH_WATER.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            return line.find() ? Long.parseLong(line.group(1)) * 1024 : 0;
        } catch (IOException ended) {
            return 0;
        }
    }
}
