// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was looked at where no engine was found, and what to try. */
final class NothingFound {
    private NothingFound() {}

    static void draw(Canvas canvas, Stage stage) {
        List<String> lines = lines(stage.snapshot());
        for (int at = 0; at < Math.min(lines.size(), canvas.size().rows()); at++) {
            canvas.put(at, 2, canvas.size().columns() - 2, lines.get(at), at == 0 ? Style.BOLD : Style.PLAIN);
        }
    }

    private static List<String> lines(Snapshot snapshot) {
        Scan scan = snapshot.findings().scan();
        List<String> lines = new ArrayList<>();
        lines.add("No inference engine found. Looking again every " + seconds(snapshot) + "s; r looks now.");
        lines.add("processes   " + scan.processes().read() + " read, 0 like an engine"
                + (scan.processes().unreadable() > 0
                        ? "; " + scan.processes().unreadable() + " of other users not readable"
                        : ""));
        lines.add("listeners   " + scan.listeners().found() + ": "
                + scan.listeners().asked()
                + (scan.listeners().asked() == 1 ? " usual port asked, " : " usual ports asked, ")
                + "0 answered as an engine, " + scan.listeners().leftAlone() + " left alone");
        lines.add("containers  " + containers(scan.namespaces()) + gpus(snapshot));
        lines.add("try         start an engine"
                + (scan.processes().unreadable() > 0 ? "; sudo to see other users" : "")
                + "   d each one, and why");
        return lines;
    }

    private static String seconds(Snapshot snapshot) {
        double tick = snapshot.agent().tickSeconds();
        return tick == Math.rint(tick) ? Long.toString(Math.round(tick)) : String.format(Locale.ROOT, "%.1f", tick);
    }

    private static String containers(int namespaces) {
        return namespaces > 1
                ? namespaces - 1 + (namespaces == 2 ? " network namespace" : " network namespaces")
                        + " besides this one"
                : "no runtime seen";
    }

    private static String gpus(Snapshot snapshot) {
        StringBuilder text = new StringBuilder();
        snapshot.machine().gpus().stream().limit(2).forEach(gpu -> {
            int held = gpu.tenants().processes().size();
            text.append("     GPU ")
                    .append(gpu.identity().index())
                    .append(" held by ")
                    .append(held)
                    .append(held == 1 ? " process" : " processes");
        });
        return text.toString();
    }
}
