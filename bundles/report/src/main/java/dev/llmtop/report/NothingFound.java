// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What was looked at where no engine was found. */
final class NothingFound {
    private static final int MOST_CANDIDATES = 10;

    private NothingFound() {}

    static List<String> lines(Snapshot snapshot) {
        Scan scan = snapshot.findings().scan();
        int held = snapshot.machine().gpus().stream()
                .mapToInt(gpu -> gpu.tenants().processes().size())
                .sum();
        List<String> lines = new ArrayList<>();
        lines.add("  No inference engine found.");
        lines.add("  processes   " + scan.processes().read() + " read, none like an engine"
                + (scan.processes().unreadable() > 0
                        ? "; " + scan.processes().unreadable() + " of other users not readable"
                        : ""));
        lines.add("  listeners   " + scan.listeners().found() + ": "
                + scan.listeners().asked() + " asked, 0 answered as an engine, "
                + scan.listeners().leftAlone() + " left alone");
        lines.add("  containers  "
                + (scan.namespaces() > 1
                        ? scan.namespaces() - 1 + " network namespaces besides this one seen"
                        : "no network namespace besides this one seen"));
        if (!snapshot.machine().gpus().isEmpty()) {
            lines.add("  GPU         memory held by " + held + (held == 1 ? " process" : " processes"));
        }
        lines.add("  try         start an engine; sudo to see other users; --endpoint URL names one");
        candidates(scan, lines);
        return lines;
    }

    private static void candidates(Scan scan, List<String> lines) {
        List<Scan.Candidate> asked = scan.candidates().stream()
                .filter(candidate -> candidate.verdict() != Verdict.ENGINE)
                .toList();
        asked.stream()
                .limit(MOST_CANDIDATES)
                .forEach(candidate -> lines.add(
                        "  " + candidate.address() + "  " + candidate.verdict().code() + ": " + candidate.why()));
        if (asked.size() > MOST_CANDIDATES) {
            lines.add("  and " + (asked.size() - MOST_CANDIDATES) + " more: llmtop --json has all");
        }
    }
}
