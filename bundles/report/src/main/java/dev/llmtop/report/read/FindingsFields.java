// SPDX-License-Identifier: MIT
package dev.llmtop.report.read;

import dev.llmtop.model.EventKind;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what was scanned, what happened and what could not be done; what has a code of a later version is left out. */
final class FindingsFields {
    private FindingsFields() {}

    static Snapshot.Findings read(JsonFields snapshot) throws UnreadableException {
        List<Snapshot.Problem> problems = new ArrayList<>();
        for (JsonFields problem : snapshot.objects("problems")) {
            problems.add(new Snapshot.Problem(problem.text("source"), problem.text("detail")));
        }
        return new Snapshot.Findings(scan(snapshot.object("scan")), events(snapshot), problems);
    }

    private static Scan scan(JsonFields scan) throws UnreadableException {
        List<Scan.Candidate> candidates = new ArrayList<>();
        for (JsonFields candidate : scan.objects("candidates")) {
            Optional<Verdict> verdict = Codes.find(Verdict.values(), Verdict::code, candidate.text("verdict"));
            if (verdict.isPresent()) {
                candidates.add(new Scan.Candidate(
                        candidate.text("address"),
                        candidate.has("pid") ? OptionalLong.of(candidate.count("pid")) : OptionalLong.empty(),
                        verdict.get(),
                        candidate.text("why")));
            }
        }
        return new Scan(
                new Scan.Processes(scan.smallCount("processes"), scan.smallCount("processesUnreadable")),
                new Scan.Listeners(
                        scan.smallCount("listeners"), scan.smallCount("asked"), scan.smallCount("leftAlone")),
                scan.smallCount("namespaces"),
                candidates);
    }

    private static List<Snapshot.Event> events(JsonFields snapshot) throws UnreadableException {
        List<Snapshot.Event> events = new ArrayList<>();
        for (JsonFields event : snapshot.objects("events")) {
            Optional<EventKind> kind = Codes.find(EventKind.values(), EventKind::code, event.text("kind"));
            if (kind.isPresent()) {
                events.add(new Snapshot.Event(
                        event.instant("time"),
                        kind.get(),
                        event.knownText("engine"),
                        event.knownText("model"),
                        event.text("detail")));
            }
        }
        return events;
    }
}
