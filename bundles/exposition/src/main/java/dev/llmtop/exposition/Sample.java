// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

/**
 * One line of a page: a series and its value. Timestamps and exemplars are read over: a scrape has its own time.
 *
 * @param name of the sample, with suffix: {@code x_bucket}, {@code x_total}
 * @param value may be NaN or infinite
 * @param family what the page says of its metric
 */
public record Sample(String name, Labels labels, double value, Family family) {
    /** The name and the labels in their canonical order. */
    public String key() {
        return name + labels.key();
    }
}
