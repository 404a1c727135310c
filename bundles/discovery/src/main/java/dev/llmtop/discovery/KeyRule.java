// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.Probes;
import java.util.Optional;

/** In words, whether and when a place would get a key: by the same rules as {@link Conclusions}, without a request. */
final class KeyRule {
    private KeyRule() {}

    static String of(Place place, Probes probes) {
        Optional<String> source = probes.keySource(place.spot().endpoint());
        if (source.isEmpty()) {
            return "gets no key: none is configured for it";
        }
        String key = "the key of " + source.get();
        if (place.why().configured()) {
            return "would get " + key + " after a 401 or 403: the user named this address";
        }
        if (place.hinted() && place.who().main().isPresent()) {
            return "would get " + key + " after a 401 or 403, once it is taken for "
                    + place.why().title() + ", which its process names";
        }
        return "would get " + key + " only after a distinctive answer and a 401 or 403, never for some 401 alone";
    }
}
