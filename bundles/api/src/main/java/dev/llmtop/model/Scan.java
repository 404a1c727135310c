// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.List;
import java.util.OptionalLong;

/**
 * What was looked at.
 *
 * @param processes read, and how many could not be
 * @param listeners found, asked, and left alone
 * @param namespaces network namespaces seen
 * @param candidates what was asked or ruled out, at most 500
 */
public record Scan(Processes processes, Listeners listeners, int namespaces, List<Candidate> candidates) {
    /** The most candidates listed. */
    public static final int MOST_CANDIDATES = 500;

    public Scan {
        candidates = List.copyOf(candidates.subList(0, Math.min(candidates.size(), MOST_CANDIDATES)));
    }

    /** Processes read, and those whose details this user may not read. */
    public record Processes(int read, int unreadable) {}

    /** Listeners found, asked at least once, and never asked. */
    public record Listeners(int found, int asked, int leftAlone) {}

    /**
     * One address that was considered.
     *
     * @param address canonical, as an engine's id
     * @param pid its owner, where known
     * @param why one line for a person
     */
    public record Candidate(String address, OptionalLong pid, Verdict verdict, String why) {}
}
