// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.State;
import dev.llmtop.model.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One snapshot as lines for a person: no colour, no boxes, states and reasons in words. */
final class OnceReport {
    private final Snapshot snapshot;
    private final Page page;
    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    private final List<String> notes = new ArrayList<>();
    private boolean marked;
    private boolean residentMemory;

    private OnceReport(Snapshot snapshot, Page page) {
        this.snapshot = snapshot;
        this.page = page;
    }

    /** The lines of a report; none is wider than the page. */
    static List<String> lines(Snapshot snapshot, Page page) {
        return new OnceReport(snapshot, page).lines();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>(page.wrap(head()));
        new GpuLines(snapshot, this::used).lines().forEach(line -> lines.addAll(page.wrap(line)));
        if (snapshot.engines().isEmpty()) {
            NothingFound.lines(snapshot).forEach(line -> lines.addAll(page.wrap(line)));
        } else {
            lines.addAll(table());
        }
        if (residentMemory) {
            lines.add("MEM = resident memory");
        }
        String legend = Footnotes.legend(reasons, marked);
        if (!legend.isEmpty()) {
            lines.addAll(page.wrap(legend));
        }
        notes.forEach(note -> lines.addAll(page.wrap(note)));
        closing().forEach(line -> lines.addAll(page.wrap(line)));
        return List.copyOf(lines);
    }

    private String head() {
        int engines = snapshot.engines().size();
        int gpus = snapshot.machine().gpus().size();
        return "llmtop " + snapshot.agent().version() + "  "
                + snapshot.machine().host().name() + "  "
                + Utc.seconds(snapshot.time()) + "  "
                + number(engines, "engine") + ", " + number(gpus, "GPU");
    }

    private static String number(int count, String noun) {
        return (count == 0 ? "no" : Integer.toString(count)) + " " + noun + (count == 1 ? "" : "s");
    }

    private List<String> table() {
        boolean noGpu = snapshot.machine().gpus().isEmpty();
        List<List<Row>> byEngine = new ArrayList<>();
        for (EngineSnapshot engine : snapshot.engines()) {
            byEngine.add(Row.of(engine, noGpu));
            residentMemory |= noGpu && engine.placement().process().isPresent();
        }
        EngineTable table =
                new EngineTable(page, byEngine.stream().flatMap(List::stream).toList());
        for (int at = 0; at < byEngine.size(); at++) {
            Set<Reason> shown = EnumSet.noneOf(Reason.class);
            for (Row row : byEngine.get(at)) {
                table.columns().forEach(column -> {
                    used(row.cell(column));
                    row.cell(column).reason().ifPresent(shown::add);
                });
            }
            double tickSeconds = snapshot.agent().tickSeconds();
            notes.addAll(Footnotes.of(snapshot.engines().get(at), shown, tickSeconds));
        }
        return table.lines();
    }

    private List<String> closing() {
        List<String> lines = new ArrayList<>();
        if (waits()) {
            lines.add("WAIT is not judged: a queue is under pressure after 5 s, longer than this looked");
        }
        boolean noGpu = snapshot.machine().gpus().isEmpty();
        for (Snapshot.Problem problem : snapshot.findings().problems()) {
            boolean said =
                    noGpu && GpuLines.problem(snapshot).filter(problem::equals).isPresent();
            if (!said) {
                lines.add("problem " + problem.source() + ": " + problem.detail());
            }
        }
        long asking = snapshot.findings().scan().candidates().stream()
                        .filter(candidate -> candidate.verdict() == Verdict.ASKING)
                        .count()
                + snapshot.engines().stream()
                        .filter(engine -> engine.identity().state() == State.IDENTIFYING)
                        .count();
        if (snapshot.agent().scanning() || asking > 0) {
            lines.add("still looking" + (asking > 0 ? ": " + asking + " not yet identified" : ""));
        }
        return lines;
    }

    private boolean waits() {
        return snapshot.engines().stream()
                .map(engine -> engine.measured().metrics().number(Metric.WAITING))
                .anyMatch(waiting -> waiting.filter(requests -> requests > 0).isPresent());
    }

    private void used(Cell cell) {
        cell.reason().ifPresent(reasons::add);
        marked |= cell.marked();
    }
}
