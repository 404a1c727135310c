// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import dev.llmtop.model.State;
import java.util.List;
import java.util.Optional;

/** A state that series of a state set show: in force as soon as one holds, unless a part is in the normal one. */
record StateRow(String name, String label, String normal, State otherwise) {
    Optional<State> read(View view) {
        List<Sample> holding = view.named(name).stream()
                .filter(sample -> Row.isInfo(sample) && sample.value() == 1)
                .toList();
        if (holding.isEmpty()) {
            return Optional.empty();
        }
        boolean any = holding.stream()
                .anyMatch(sample -> sample.labels().value(label).orElse("").equals(normal));
        return Optional.of(any ? State.READY : otherwise);
    }
}
