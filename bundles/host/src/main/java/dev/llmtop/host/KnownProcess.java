// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept of a process from one pass to the next, so that only its stat file is read again. */
final class KnownProcess {
    final long startTicks;
    final String comm;
    final List<String> argv;
    /** Whether its command line may be read. */
    final boolean readable;
    /** Equal for all processes of one network namespace; null where there is none (kernel thread, zombie). */
    final @Nullable Object networkKey;
    /** The last pass that saw it. */
    long pass;

    KnownProcess(ProcessStat stat, List<String> argv, boolean readable, @Nullable Object networkKey) {
        this.startTicks = stat.startTicks();
        this.comm = stat.comm();
        this.argv = argv;
        this.readable = readable;
        this.networkKey = networkKey;
    }
}
