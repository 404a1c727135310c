// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A listener, or a process that is about to listen, that may be an engine.
 *
 * @param endpoint where it listens or will listen
 * @param listening whether it listens now; if not, nothing can be asked
 * @param launch how its process was started; empty where its owner is not known
 * @param ancestors how the processes above it were started, nearest first
 * @param hints the kinds whose command pattern fits the process or one above it, of engines too for which no adapter is there;
 *     {@link #HOLDS_GPU} among them where the process holds GPU memory
 */
public record Candidate(
        Endpoint endpoint, boolean listening, Optional<Launch> launch, List<Launch> ancestors, Set<String> hints) {
    /** A hint that is no kind: the process, or one below it, holds GPU memory. */
    public static final String HOLDS_GPU = "+gpu";

    public Candidate {
        ancestors = List.copyOf(ancestors);
        hints = Set.copyOf(hints);
    }

    /** Whether the process names this kind. */
    public boolean hintedAs(String kind) {
        return hints.contains(kind);
    }

    /** Whether its process, or one below it, holds GPU memory. */
    public boolean holdsGpu() {
        return hints.contains(HOLDS_GPU);
    }

    /** The value of an option of the process itself, as {@link Launch#option}. */
    public Optional<String> option(String... names) {
        return launch.flatMap(known -> known.option(names));
    }
}
