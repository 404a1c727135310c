// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Cells;
import dev.llmtop.agent.Pressure;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Value;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.table.RowFigures;
import dev.llmtop.tui.table.TableCell;
import dev.llmtop.tui.table.TableRow;
import java.util.Optional;

/** What runs and waits in the selected row, and how its tokens are shared. */
final class RequestsLine {
    private static final int BAR_OF_100 = 40;
    private static final int BAR_AT = 31;

    private RequestsLine() {}

    static void draw(Canvas canvas, TableRow row, Pressure pressure) {
        RowFigures figures = new RowFigures(row);
        int at = canvas.put(0, 0, "run ", Style.PLAIN);
        at = count(canvas, at, figures.value(Metric.RUNNING), "■", Pressure.NONE);
        at = canvas.put(0, at, "  wait ", Style.PLAIN);
        at = count(canvas, at, figures.value(Metric.WAITING), "□", pressure);
        Optional<Long> slots = figures.known(Metric.SLOTS, Long.class);
        if (slots.isPresent()) {
            at = canvas.put(0, at, "  of " + slots.get(), Style.PLAIN);
        }
        Optional<Double> prefill = figures.known(Metric.PROMPT_TOKENS_PER_SECOND, Double.class);
        Optional<Double> decode = figures.known(Metric.GENERATION_TOKENS_PER_SECOND, Double.class);
        if (prefill.isPresent() && decode.isPresent()) {
            int cells = Math.max(4, BAR_OF_100 * canvas.size().columns() / 100);
            String shares = Bar.shares(prefill.get(), decode.get(), cells);
            canvas.put(0, Math.max(at + 3, BAR_AT), "prefill ▕" + shares + "▏ decode", Style.PLAIN);
        }
    }

    private static int count(Canvas canvas, int at, Optional<Value<?>> value, String sign, Pressure pressure) {
        Optional<Object> known = value.flatMap(one -> one.known());
        if (known.isEmpty()) {
            String why = value.flatMap(Value::missing)
                    .map(gap -> TableCell.sign(gap.reason()))
                    .orElse("-");
            return canvas.put(0, at, why, Style.DIM);
        }
        long count = ((Number) known.get()).longValue();
        String mark = pressure == Pressure.NONE ? "" : "!";
        int end = canvas.put(0, at, Cells.count(count) + mark, Style.of(pressure));
        String signs = Bar.signs(sign, count);
        return signs.isEmpty() ? end : canvas.put(0, end, " " + signs, Style.PLAIN);
    }
}
