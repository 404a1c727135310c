// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.spi.GpuSource.GpuSample;
import dev.llmtop.spi.Stamp;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each GPU drew in the mean over its last step: the difference of its energy counter, or where there is none the power at both
 * ends of the step. The driver moves the counter some ten times a second, so a step is at least half a second.
 */
final class PowerDraw {
    private static final Duration LEAST_STEP = Duration.ofMillis(500);

    private final Map<String, Card> cards = new ConcurrentHashMap<>();

    /** What was read of one card. */
    private record Seen(Stamp stamp, Optional<Double> joules, Optional<Double> watts) {}

    /** One card: readings back to the one before the least step, and what they make. */
    private static final class Card {
        private final Deque<Seen> seen = new ArrayDeque<>();
        private OptionalDouble watts = OptionalDouble.empty();

        void see(Seen now) {
            if (!seen.isEmpty() && seen.getLast().stamp().nanos() == now.stamp().nanos()) {
                return;
            }
            boolean reset = !seen.isEmpty()
                    && now.joules().isPresent()
                    && seen.getLast()
                            .joules()
                            .filter(before -> before > now.joules().get())
                            .isPresent();
            if (reset) {
                seen.clear();
            }
            seen.addLast(now);
            while (seen.size() > 2 && step(seen.toArray(new Seen[0])[1], now) >= LEAST_STEP.toNanos()) {
                seen.removeFirst();
            }
            watts = mean(seen.getFirst(), now);
        }

        private static long step(Seen before, Seen now) {
            return now.stamp().nanos() - before.stamp().nanos();
        }

        private static OptionalDouble mean(Seen before, Seen now) {
            long nanos = step(before, now);
            if (before.joules().isPresent() && now.joules().isPresent() && nanos >= LEAST_STEP.toNanos()) {
                return OptionalDouble.of((now.joules().get() - before.joules().get()) / (nanos / 1e9));
            }
            if (now.watts().isEmpty()) {
                return OptionalDouble.empty();
            }
            double earlier = before.watts().orElse(now.watts().get());
            return OptionalDouble.of((earlier + now.watts().get()) / 2);
        }
    }

    /** Takes in what a source read. */
    void see(GpuSample sample) {
        Map<String, Gpu> now = new HashMap<>();
        sample.gpus().forEach(gpu -> now.put(key(gpu.identity()), gpu));
        now.forEach((key, gpu) -> cards.computeIfAbsent(key, unused -> new Card())
                .see(new Seen(
                        sample.stamp(),
                        gpu.figures().number(GpuMetric.ENERGY_JOULES),
                        gpu.figures().number(GpuMetric.POWER_WATTS))));
    }

    /** The mean watts of the last step; empty where the card tells neither energy nor power. */
    OptionalDouble watts(Gpu gpu) {
        Card card = cards.get(key(gpu.identity()));
        return card == null
                ? gpu.figures()
                        .number(GpuMetric.POWER_WATTS)
                        .map(OptionalDouble::of)
                        .orElse(OptionalDouble.empty())
                : card.watts;
    }

    /** What stays the same of a card when another source's cards move its index. */
    static String key(Gpu.Identity identity) {
        if (!identity.uuid().isEmpty()) {
            return identity.uuid();
        }
        return identity.vendor() + " "
                + (identity.pciBusId().isEmpty() ? identity.name() + " " + identity.index() : identity.pciBusId());
    }
}
