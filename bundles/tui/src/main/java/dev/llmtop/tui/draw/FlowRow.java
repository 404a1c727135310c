// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Cells;
import dev.llmtop.agent.Pressure;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Value;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;

/** All engines together: tokens into them and out of them, requests that run and wait. */
final class FlowRow {
    private static final int BAR_OF_80 = 18;

    private FlowRow() {}

    static void draw(Canvas canvas, Stage stage) {
        Snapshot.Totals totals = stage.snapshot().totals();
        double prefill = number(totals, Metric.PROMPT_TOKENS_PER_SECOND);
        double decode = number(totals, Metric.GENERATION_TOKENS_PER_SECOND);
        int bar = Math.max(4, BAR_OF_80 * Math.min(160, canvas.size().columns()) / 80 - Math.max(0, 80 - canvas.size().columns()) / 2);
        int at = canvas.put(0, 0, "FLOW prefill ", Style.PLAIN);
        at = figure(canvas, at, totals, Metric.PROMPT_TOKENS_PER_SECOND);
        at = canvas.put(0, at, " ▕" + Bar.shares(prefill, decode, bar) + "▏ ", Style.PLAIN);
        at = figure(canvas, at, totals, Metric.GENERATION_TOKENS_PER_SECOND);
        at = canvas.put(0, at, " decode tok/s  run ", Style.PLAIN);
        at = figure(canvas, at, totals, Metric.RUNNING);
        at = signs(canvas, at, "■", number(totals, Metric.RUNNING));
        at = canvas.put(0, at, "  wait ", Style.PLAIN);
        Pressure pressure = stage.pressures().worstWaiting();
        int from = at;
        at = figure(canvas, at, totals, Metric.WAITING);
        if (pressure != Pressure.NONE) {
            Style style = Style.of(pressure);
            canvas.put(0, from, text(totals, Metric.WAITING), style);
            at = canvas.put(0, at, "!", style);
        }
        signs(canvas, at, "□", number(totals, Metric.WAITING));
    }

    private static int signs(Canvas canvas, int at, String sign, double count) {
        String signs = Bar.signs(sign, count);
        return signs.isEmpty() ? at : canvas.put(0, at, " " + signs, Style.PLAIN);
    }

    private static double number(Snapshot.Totals totals, Metric metric) {
        return totals.figures().number(metric).orElse(0.0);
    }

    private static int figure(Canvas canvas, int at, Snapshot.Totals totals, Metric metric) {
        boolean known = totals.figures().number(metric).isPresent();
        return canvas.put(0, at, text(totals, metric), known ? Style.PLAIN : Style.DIM);
    }

    private static String text(Snapshot.Totals totals, Metric metric) {
        String least = totals.partial().contains(metric) ? "≥" : "";
        return totals.figures()
                .number(metric)
                .map(number -> least + (number == Math.rint(number) ? Cells.count(Math.round(number)) : Cells.number(number)))
                .orElseGet(() -> totals.figures()
                        .missing(metric)
                        .map(Value.Unavailable::reason)
                        .map(Reason::cell)
                        .orElse(Reason.NOT_EXPORTED.cell()));
    }
}
