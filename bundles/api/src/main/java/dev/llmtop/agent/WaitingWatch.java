// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long requests of one engine have waited: a queue that empties within seconds is no pressure. What is not known ends the count,
 * since it may have been zero.
 */
final class WaitingWatch {
    private static final Duration WARN_AFTER = Duration.ofSeconds(5);
    private static final Duration CRITICAL_AFTER = Duration.ofSeconds(30);

    private @Nullable Long waitingSince;
    private @Nullable Long behindSince;
    private Pressure level = Pressure.NONE;

    /** Any waiting for 5 s, more than run for 30 s. */
    void see(Figures<Metric> figures, long nanos) {
        Optional<Double> waiting = figures.number(Metric.WAITING);
        Optional<Double> running = figures.number(Metric.RUNNING);
        waitingSince = since(waitingSince, waiting.orElse(0.0) > 0, nanos);
        behindSince = since(behindSince, running.isPresent() && waiting.orElse(0.0) > running.get(), nanos);
        if (lasts(behindSince, CRITICAL_AFTER, nanos)) {
            level = Pressure.CRITICAL;
        } else {
            level = lasts(waitingSince, WARN_AFTER, nanos) ? Pressure.WARN : Pressure.NONE;
        }
    }

    Pressure level() {
        return level;
    }

    private static @Nullable Long since(@Nullable Long before, boolean holds, long nanos) {
        if (!holds) {
            return null;
        }
        return before == null ? Long.valueOf(nanos) : before;
    }

    private static boolean lasts(@Nullable Long since, Duration least, long nanos) {
        return since != null && nanos - since >= least.toNanos();
    }
}
