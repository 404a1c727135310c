// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;

/** The busy share of all processors between two readings of {@code /proc/stat} (proc_stat(5)). */
final class CpuLoad {
    private static final int FIELDS = 8;
    private static final int IDLE = 3;
    private static final int WAITING = 4;

    private long busy = -1;
    private long total;
    private Value<Double> last = Value.unavailable(Reason.NO_SAMPLE_YET, "needs two samples");

    /** Takes one reading: the share since the one before. */
    Value<Double> next(Bytes lines) {
        Bytes line = lines.line();
        if (line == null || !line.skip("cpu ")) {
            return Value.unavailable(Reason.NO_PERMISSION, "/proc/stat cannot be read");
        }
        return nextOf(line);
    }

    /** Takes the rest of one line of it, behind its name. */
    Value<Double> nextOf(Bytes line) {
        long nowBusy = 0;
        long nowIdle = 0;
        // Time of guests is within user time: only the first eight are summed.
        for (int field = 0; field < FIELDS; field++) {
            long ticks = line.number(0);
            nowIdle += field == IDLE || field == WAITING ? ticks : 0;
            nowBusy += field == IDLE || field == WAITING ? 0 : ticks;
        }
        return next(nowBusy, nowBusy + nowIdle);
    }

    /** Takes one reading in any unit of time: the share since the one before. */
    Value<Double> next(long nowBusy, long nowTotal) {
        boolean first = busy < 0;
        // Waiting time can fall, and within one clock tick nothing passes: the share before still stands then.
        if (first || nowTotal > total) {
            if (!first) {
                double share = (nowBusy - busy) / (double) (nowTotal - total);
                last = Value.of(Math.min(1, Math.max(0, share)));
            }
            busy = nowBusy;
            total = nowTotal;
        }
        return last;
    }
}
