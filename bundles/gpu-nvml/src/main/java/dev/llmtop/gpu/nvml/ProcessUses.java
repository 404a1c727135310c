// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.ProcessShapes.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the processes of a device did, from one answer to the next. The driver keeps a buffer of samples, taken up to a second apart,
 * in which only busy processes stand: what is old there says nothing of now, and nothing new within that second says nothing at all.
 */
final class ProcessUses {
    /** The driver samples more often than that: a process without a sample for so long did nothing. */
    private static final long QUIET_NANOS = 1_500_000_000L;

    private boolean begun;
    private long newest;
    private long freshAt;
    private Result<List<Use>> last = Result.none();

    /** The time of the newest sample seen, as the driver counts; 0 before the first. */
    long until() {
        return newest;
    }

    /** What an answer to "since {@link #until}" says of now. */
    Result<List<Use>> next(Result<List<Use>> answer, long nanos) {
        boolean silent = answer.returned(ReturnCode.NOT_FOUND);
        if (answer.value().isEmpty() && !silent) {
            return answer;
        }
        List<Use> fresh = new ArrayList<>();
        long before = newest;
        for (Use use : answer.value().orElse(List.of())) {
            newest = Math.max(newest, use.micros());
            if (use.micros() > before) {
                fresh.add(use);
            }
        }
        if (!begun) {
            // However old it is: it only says where the next answer begins.
            begun = true;
            freshAt = nanos;
            return last;
        }
        if (fresh.isEmpty() && nanos - freshAt < QUIET_NANOS) {
            return last;
        }
        freshAt = fresh.isEmpty() ? freshAt : nanos;
        last = new Result<>(answer.attempts(), answer.value().isEmpty() ? Optional.empty() : Optional.of(fresh));
        return last;
    }
}
