// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Cells;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Snapshot.Event;
import dev.llmtop.model.Value;
import dev.llmtop.model.Verdict;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.draw.Sheet.Line;
import dev.llmtop.tui.draw.Sheet.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Evidence, events, memory, and what was asked. */
final class OtherSheets {
    private static final int MOST_ADDRESS = 30;

    private OtherSheets() {}

    /** Why the selected engine is taken for what it is. */
    static Sheet evidence(Stage stage) {
        if (stage.selected().isEmpty()) {
            return new Sheet("evidence", Sheet.HINT, List.of(Line.of("No engine is selected.")));
        }
        EngineSnapshot engine = stage.selected().get().engine();
        List<Line> lines = new ArrayList<>();
        for (Evidence evidence : engine.findings().evidence()) {
            String sign = switch (evidence.verdict()) {
                case FOR -> "+ ";
                case AGAINST -> "x ";
                case UNREADABLE -> "? ";
            };
            lines.add(Line.of(sign + evidence.signal(), 15, evidence.says()));
        }
        if (lines.isEmpty()) {
            lines.add(Line.of("Nothing was written down."));
        }
        lines.add(Line.of("+ for  x against  ? not readable", Style.DIM));
        return new Sheet("evidence─ " + EngineNames.name(engine) + " ", Sheet.HINT, lines);
    }

    /** All that happened, the newest first. */
    static Sheet events(Stage stage) {
        ClockTimes times = new ClockTimes(stage.scene());
        List<Line> lines = new ArrayList<>();
        List<Event> events = stage.scene().events();
        for (int at = events.size() - 1; at >= 0; at--) {
            Event event = events.get(at);
            String kind = event.kind().code().replace('-', ' ');
            String head = times.of(event.time()) + " " + kind + " ".repeat(Math.max(1, 22 - kind.length()));
            lines.add(new Line(List.of(
                    new Stretch(head, Style.PLAIN), new Stretch(EventLines.text(stage.scene(), event), Style.PLAIN))));
        }
        if (lines.isEmpty()) {
            lines.add(Line.of("Nothing happened yet."));
        }
        return new Sheet("events", "Enter goes there, Esc closes", lines);
    }

    /** Who holds how much memory, and which processes are on the GPUs. */
    static Sheet memory(Stage stage) {
        List<Line> lines = new ArrayList<>();
        String title = "memory";
        var table = MemoryTable.of(stage);
        if (table.isPresent()) {
            title = table.get().title();
            for (MemoryLetters.Signed one : table.get().parts()) {
                double ratio = table.get().total() <= 0
                        ? 0
                        : (double) one.part().bytes() / table.get().total();
                lines.add(Line.of(String.format(
                                Locale.ROOT,
                                "%s %-12.12s %10s %4s ",
                                one.sign(),
                                one.part().title(),
                                Cells.bytesInText(one.part().bytes()),
                                Cells.ratio(ratio))
                        + Bar.filled(ratio, 40)));
            }
            table.get().partial().ifPresent(why -> lines.add(Line.of("not all is known: " + why, Style.DIM)));
        } else {
            lines.add(Line.of("Not known: neither a GPU nor the host tells how much memory there is."));
        }
        for (Gpu gpu : stage.snapshot().machine().gpus()) {
            gpu.tenants().mig().forEach(instance -> lines.add(Line.of(mig(gpu, instance))));
            for (Gpu.Tenant tenant : gpu.tenants().processes()) {
                lines.add(Line.of(tenant(stage, gpu, tenant)));
            }
        }
        return new Sheet(title + " ", Sheet.HINT, lines);
    }

    private static String mig(Gpu gpu, Gpu.MigInstance instance) {
        return String.format(
                Locale.ROOT,
                "GPU%d MIG %-8d %10s  of %s, %s",
                gpu.identity().index(),
                instance.index(),
                bytes(instance.memoryUsedBytes()),
                bytes(instance.memoryTotalBytes()),
                instance.profile());
    }

    private static String bytes(Value<Long> value) {
        return value.known()
                .map(Cells::bytesInText)
                .orElseGet(() -> value.missing().orElseThrow().reason().cell());
    }

    private static String tenant(Stage stage, Gpu gpu, Gpu.Tenant tenant) {
        String whose = tenant.engine()
                .map(id -> EngineNames.name(stage.scene(), id) + ", by "
                        + tenant.attribution().code().replace('-', ' '))
                .orElse("no engine");
        return String.format(
                Locale.ROOT,
                "GPU%d pid %-8d %10s  %s  %s",
                gpu.identity().index(),
                tenant.pid(),
                bytes(tenant.memoryBytes()),
                whose,
                tenant.command().orElse(""));
    }

    /** Every address that was considered, and what became of it. */
    static Sheet asked(Stage stage) {
        Snapshot snapshot = stage.snapshot();
        Scan scan = snapshot.findings().scan();
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(scan.processes().read() + " processes read, "
                + scan.processes().unreadable() + " not readable; "
                + scan.listeners().found() + " listeners found, "
                + scan.listeners().asked() + " asked, "
                + scan.listeners().leftAlone() + " left alone"));
        int address = scan.candidates().stream()
                .mapToInt(candidate -> candidate.address().length())
                .max()
                .orElse(0);
        String format = "%-" + Math.min(MOST_ADDRESS, address + 1) + "s%-9s%-14s";
        for (Scan.Candidate candidate : scan.candidates()) {
            String pid =
                    candidate.pid().isPresent() ? Long.toString(candidate.pid().getAsLong()) : "";
            String head = String.format(
                    Locale.ROOT,
                    format,
                    candidate.address(),
                    pid,
                    candidate.verdict().code());
            Style style = candidate.verdict() == Verdict.ENGINE ? Style.BOLD : Style.PLAIN;
            lines.add(new Line(List.of(new Stretch(head, style), new Stretch(candidate.why(), Style.PLAIN))));
        }
        snapshot.findings()
                .problems()
                .forEach(problem -> lines.add(Line.of("problem: " + problem.source() + "  " + problem.detail())));
        lines.add(Line.of("llmtop sends GET alone, and only paths that an adapter declares.", Style.DIM));
        return new Sheet("what was asked ", Sheet.HINT, lines);
    }
}
