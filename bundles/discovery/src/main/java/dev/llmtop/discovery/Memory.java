// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Strength;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What is known of places, by {@link Place#key}: claims that stand while the engine does, and refusals that are not asked again for
 * long. Used by one thread at a time.
 */
final class Memory {
    private static final long REFUSED_NANOS = Duration.ofHours(6).toNanos();
    private static final long SILENT_NANOS = Duration.ofMinutes(10).toNanos();
    private static final long SOON_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LATER_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long MAYBE_NANOS = Duration.ofMinutes(1).toNanos();
    /** Whoever took an address over that the user named, on another machine perhaps, shows no process: only its answers tell. */
    private static final long UNSEEN_NANOS = Duration.ofMinutes(10).toNanos();

    private static final int SOON_TRIES = 30;

    private final Map<String, Known> known = new HashMap<>();
    private final LongSupplier nanos;

    Memory(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** What to do about a place now. */
    enum Step {
        /** Nothing: what is known stands. */
        KEEP,
        /** Ask it, and wait for what comes of it. */
        ASK,
        /** Ask it in the background; until then, what is known stands. */
        ASK_ASIDE
    }

    /** What came of the last interview. */
    record Known(Outcome outcome, long generation, long at, int tries, boolean stale) {}

    void remember(String key, Outcome outcome, long generation) {
        Known before = known.get(key);
        if (before != null && isOnlySilent(key, before, outcome)) {
            known.put(key, new Known(before.outcome(), generation, nanos.getAsLong(), before.tries(), false));
            return;
        }
        int tries = before == null || before.outcome().answered() ? 1 : before.tries() + 1;
        known.put(key, new Known(outcome, generation, nanos.getAsLong(), tries, false));
    }

    /** Silence tells nothing of who is there; that it does not answer is for those to say who ask it for figures. */
    private static boolean isOnlySilent(String key, Known before, Outcome outcome) {
        return key.endsWith("|" + Place.Who.UNKNOWN.anchor())
                && before.outcome().claim().isPresent()
                && outcome.claim().isEmpty()
                && !outcome.answered();
    }

    Optional<Outcome> outcome(Place place) {
        return Optional.ofNullable(known.get(place.key())).map(Known::outcome);
    }

    /** It does not listen now: when it does again, it is asked again. */
    void notListening(Place place) {
        known.computeIfPresent(
                place.key(),
                (key, last) -> new Known(last.outcome(), last.generation(), last.at(), last.tries(), true));
    }

    /**
     * What to do about a place that listens.
     *
     * @param works whether exactly this adapter works now: an updated one of the same kind may see more, or call it otherwise
     */
    Step step(Place place, long generation, Predicate<AdapterDescriptor> works) {
        Known last = known.get(place.key());
        if (last == null || last.stale()) {
            return Step.ASK;
        }
        boolean adaptersChanged = last.generation() != generation;
        long age = nanos.getAsLong() - last.at();
        Outcome outcome = last.outcome();
        if (outcome.claim().isPresent()) {
            boolean gone = !works.test(outcome.claim().get().adapter());
            boolean unsure = !outcome.atLeast(Strength.DISTINCTIVE);
            if (adaptersChanged && (gone || unsure)) {
                return Step.ASK;
            }
        } else if (adaptersChanged && (outcome.answered() || place.hinted())) {
            return Step.ASK;
        }
        if (place.hinted() || place.why().configured() || outcome.claim().isPresent()) {
            boolean unseen = place.who().equals(Place.Who.UNKNOWN) && age >= UNSEEN_NANOS;
            return unseen || age >= pause(last) ? Step.ASK_ASIDE : Step.KEEP;
        }
        return age > (outcome.answered() ? REFUSED_NANOS : SILENT_NANOS) ? Step.ASK_ASIDE : Step.KEEP;
    }

    /** Forgets places that are no more; returns where they were. */
    List<Endpoint> keepOnly(Set<String> keys) {
        return forget((key, outcome) -> !keys.contains(key));
    }

    /** Forgets all that is no engine; returns where that was. */
    List<Endpoint> forgetNegatives() {
        return forget((key, outcome) -> outcome.claim().isEmpty());
    }

    private List<Endpoint> forget(BiPredicate<String, Outcome> which) {
        List<Endpoint> where = new ArrayList<>();
        known.entrySet()
                .removeIf(entry -> which.test(entry.getKey(), entry.getValue().outcome())
                        && where.add(entry.getValue().outcome().endpoint()));
        return where;
    }

    /** How long what is known of an engine, or of what should be one, stands. */
    private static long pause(Known last) {
        if (last.outcome().unsettled()) {
            return last.tries() < SOON_TRIES ? SOON_NANOS : LATER_NANOS;
        }
        return last.outcome().claim().isPresent() ? Long.MAX_VALUE : MAYBE_NANOS;
    }
}
