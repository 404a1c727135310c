// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.model.Value.Unavailable;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of an engine at one moment.
 *
 * @param window its readings, oldest first; empty before the first
 * @param description the last one; empty before the first
 * @param undescribed why the last attempt to describe it failed; empty where it did not
 * @param failure why its last scrape failed; empty where it did not
 */
record View(
        List<Reading> window,
        Optional<Description> description,
        Optional<Unavailable<?>> undescribed,
        Optional<Failure> failure) {
    /** Nothing is remembered. */
    static final View NOTHING = new View(List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    View {
        window = List.copyOf(window);
    }

    /**
     * Scrapes that fail.
     *
     * @param why the last one failed
     * @param since the first of them
     * @param times one after the other, at least 1
     */
    record Failure(Unavailable<?> why, Stamp since, int times) {}

    /** The last answer. */
    Optional<Reading> last() {
        return window.isEmpty() ? Optional.empty() : Optional.of(window.get(window.size() - 1));
    }
}
