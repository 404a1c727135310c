// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import java.util.Optional;

/**
 * An engine that an adapter claimed.
 *
 * @param id its canonical address
 * @param candidate what it was claimed from
 * @param match what {@link EngineAdapter#detect} said
 * @param description the last one; empty before the first
 */
public record Engine(String id, Candidate candidate, Match match, Optional<Description> description) {
    /** The value of an option of its process, as {@link Launch#option}. */
    public Optional<String> option(String... names) {
        return candidate.option(names);
    }

    /** Whether its process has one of these options; {@code false} also where its process is not known. */
    public boolean has(String... names) {
        return candidate.launch().map(launch -> launch.has(names)).orElse(false);
    }
}
