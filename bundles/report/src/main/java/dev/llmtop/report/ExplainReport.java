// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import dev.llmtop.agent.Explanation;
import dev.llmtop.agent.Explanation.Considered;
import dev.llmtop.agent.Explanation.LeftAlone;
import dev.llmtop.agent.Explanation.Requests;
import java.util.ArrayList;
import java.util.List;

/** An explanation as lines for a person, in ASCII where the page asks for it. */
final class ExplainReport {
    /** Addresses named of those that are left alone for one reason. */
    private static final int MOST_ADDRESSES = 8;

    private ExplainReport() {}

    static List<String> lines(Explanation explanation, Page page) {
        List<String> lines = new ArrayList<>();
        int candidates = explanation.candidates().size();
        add(
                lines,
                page,
                "",
                (candidates == 1 ? "1 candidate" : candidates + " candidates")
                        + "; nothing was sent. Only GET is ever sent, and no path that is not named here or declared by "
                        + "the adapter of an identified engine.");
        explanation.candidates().forEach(candidate -> candidate(lines, page, candidate));
        if (!explanation.leftAlone().isEmpty()) {
            lines.add("");
            lines.add("left alone, never asked, never sent a key:");
            explanation.leftAlone().forEach(left -> leftAlone(lines, page, left));
        }
        if (!explanation.problems().isEmpty()) {
            lines.add("");
            explanation.problems().forEach(problem -> add(lines, page, "", problem.source() + ": " + problem.detail()));
        }
        return lines;
    }

    private static void candidate(List<String> lines, Page page, Considered candidate) {
        lines.add("");
        String head = candidate.address();
        if (!candidate.title().isEmpty()) {
            head += "  " + candidate.title();
        }
        if (candidate.pid().isPresent()) {
            head += "  pid " + candidate.pid().getAsLong();
        }
        if (!candidate.alsoAt().isEmpty()) {
            head += "  also at " + String.join(" ", candidate.alsoAt());
        }
        add(lines, page, "", head);
        candidate
                .evidence()
                .forEach(evidence -> add(
                        lines,
                        page,
                        "  ",
                        evidence.signal() + " (" + evidence.verdict().code() + "): " + evidence.says()));
        if (candidate.requests().isEmpty()) {
            add(lines, page, "  ", "asks nothing: nothing listens there yet");
        }
        candidate.requests().forEach(requests -> requests(lines, page, "asks, ", requests));
        candidate.never().forEach(requests -> requests(lines, page, "never, ", requests));
        if (!candidate.key().isEmpty()) {
            add(lines, page, "  ", candidate.key());
        }
    }

    private static void requests(List<String> lines, Page page, String label, Requests requests) {
        add(lines, page, "  ", label + requests.why() + (requests.paths().isEmpty() ? "" : ":"));
        if (!requests.paths().isEmpty()) {
            add(lines, page, "    ", String.join("  ", requests.paths()));
        }
    }

    private static void leftAlone(List<String> lines, Page page, LeftAlone left) {
        int count = left.addresses().size();
        List<String> named = left.addresses().subList(0, Math.min(count, MOST_ADDRESSES));
        add(lines, page, "  ", count + (count == 1 ? " address: " : " addresses: ") + left.why());
        add(
                lines,
                page,
                "    ",
                String.join("  ", named)
                        + (count > MOST_ADDRESSES ? "  and " + (count - MOST_ADDRESSES) + " more" : ""));
    }

    private static void add(List<String> lines, Page page, String indent, String text) {
        new Page(page.width() - indent.length(), page.ascii()).wrap(text).forEach(line -> lines.add(indent + line));
    }
}
