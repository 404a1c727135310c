// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.spi.Answer;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Which held answer serves.
 *
 * @param maxAge of the request. An answer that is no 200 serves 30 s at most and a failure not at all by it, however long it says:
 *     what never changes once it is there may not be there yet
 * @param heldFor of the permit, for answers of every kind
 * @param unlockable whether a key would be sent now if the answer were 401 or 403
 */
record Freshness(Duration maxAge, Duration heldFor, BooleanSupplier unlockable) {
    private static final Duration MOST_FOR_ERRORS = Duration.ofSeconds(30);

    boolean serves(Answer answer) {
        boolean locked = answer.status() == 401 || answer.status() == 403;
        if (locked && unlockable.getAsBoolean()) {
            return false;
        }
        Duration wanted = wanted(answer);
        Duration serves = wanted.compareTo(heldFor) > 0 ? wanted : heldFor;
        Duration age = Duration.ofNanos(System.nanoTime() - answer.stamp().nanos());
        return !serves.isZero() && age.compareTo(serves) <= 0;
    }

    private Duration wanted(Answer answer) {
        if (answer instanceof Answer.Failed) {
            return Duration.ZERO;
        }
        boolean whole = answer.status() == 200;
        return whole || maxAge.compareTo(MOST_FOR_ERRORS) < 0 ? maxAge : MOST_FOR_ERRORS;
    }
}
