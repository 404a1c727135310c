// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.model.State;
import dev.llmtop.model.Verdict;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Strength;
import java.util.Optional;

/**
 * What came of the identification of a place.
 *
 * @param endpoint that was asked at last
 * @param claim of the strongest adapter
 * @param answered whether anything answered at all
 * @param why one line for a person
 */
record Outcome(Verdict verdict, Endpoint endpoint, Optional<Claim> claim, boolean answered, String why) {
    /** An adapter's claim. */
    record Claim(AdapterDescriptor adapter, Match match) {
        Strength strength() {
            return match.strength();
        }

        String title() {
            return match.title().orElse(adapter.title());
        }

        /** The strongest wins; of equal ones the higher ranking, then the kind. */
        boolean beats(Claim other) {
            int strength = strength().compareTo(other.strength());
            if (strength != 0) {
                return strength > 0;
            }
            int ranking = Integer.compare(
                    adapter.origin().ranking(), other.adapter.origin().ranking());
            return ranking != 0 ? ranking > 0 : adapter.kind().compareTo(other.adapter.kind()) < 0;
        }
    }

    boolean atLeast(Strength strength) {
        return claim.map(known -> known.strength().compareTo(strength) >= 0).orElse(false);
    }

    /** Whether to ask again soon: it did not answer, or said that it is still loading. */
    boolean unsettled() {
        return !answered
                || claim.map(known -> known.match().state() == State.LOADING).orElse(false);
    }
}
