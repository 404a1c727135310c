// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import org.osgi.annotation.versioning.ConsumerType;

/** Takes what an {@link ExpositionReader} finds on a page, in the order of the page. */
@ConsumerType
public interface PageConsumer {
    /** What the names of all wanted samples begin with: lines without it cost next to nothing. Empty for all. */
    default String prefix() {
        return "";
    }

    /** Whether samples of this name (which has the prefix) are wanted; asked for each line. */
    default boolean wants(String name) {
        return true;
    }

    /** A wanted sample. */
    void sample(Sample sample);

    /** A metric whose name has the prefix was declared by a {@code # TYPE} line, with series or without. */
    default void declared(Family family) {}

    /** A wanted sample of this name was left out: the page has more series than are kept. */
    default void dropped(String name) {}
}
