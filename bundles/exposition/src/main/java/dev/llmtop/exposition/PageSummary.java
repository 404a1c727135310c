// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

/**
 * What reading a page came to.
 *
 * @param bytes read
 * @param lines with an end, comments and empty ones included
 * @param kept samples handed over
 * @param skipped what was not
 * @param end how the page ended
 */
public record PageSummary(long bytes, long lines, int kept, Skipped skipped, End end) {
    /**
     * Lines not handed over.
     *
     * @param unwanted samples of other names
     * @param broken lines that are no sample and no comment
     * @param overlong lines of more than {@link ExpositionReader#LONGEST_LINE} bytes
     * @param duplicates samples of a series that stood on the page before: the first counts
     * @param dropped samples beyond {@link ExpositionReader#MOST_SERIES}
     */
    public record Skipped(long unwanted, long broken, long overlong, long duplicates, long dropped) {}

    /**
     * How the page ended.
     *
     * @param whole whether the last line had its end; a last line without one is never trusted: its value may be cut
     * @param open the name of the sample just before the end, where nothing stood between: more series of it may have followed
     *     on a page that was cut. Empty else
     */
    public record End(boolean whole, String open) {}
}
