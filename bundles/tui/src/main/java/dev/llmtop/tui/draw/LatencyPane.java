// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Cells;
import dev.llmtop.agent.Pressure;
import dev.llmtop.model.Distribution;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Value;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.table.Rates;
import dev.llmtop.tui.table.RowFigures;
import dev.llmtop.tui.table.TableCell;
import dev.llmtop.tui.table.TableRow;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** KV cache and latencies of the selected row, side by side in two lines each. */
final class LatencyPane {
    private LatencyPane() {}

    static void draw(Canvas canvas, Stage stage) {
        int columns = canvas.size().columns();
        int left = columns / 2;
        stage.selected().ifPresent(row -> {
            kv(canvas.part(0, 0, left, canvas.size().rows()), row);
            latency(canvas.part(0, left, columns - left, canvas.size().rows()), row);
        });
    }

    /** How full the KV cache is. */
    static void kv(Canvas canvas, TableRow row) {
        new Title("KV blocks").draw(canvas);
        RowFigures figures = new RowFigures(row);
        Optional<Double> ratio = figures.known(Metric.KV_CACHE_USED_RATIO, Double.class);
        if (ratio.isPresent()) {
            Style style = Style.of(Pressure.ofKvCache(ratio.get()));
            String percent = Exact.percent(ratio.get()) + (style.pressure() == Pressure.NONE ? "" : "!");
            int cells = Math.max(4, canvas.size().columns() - 15);
            int at = canvas.put(1, 0, "▕" + Bar.filled(ratio.get(), cells, "░") + "▏ ", Style.PLAIN);
            canvas.put(1, at, percent, style);
        } else {
            canvas.put(
                    1,
                    0,
                    canvas.size().columns() - 1,
                    "KV cache " + why(figures.value(Metric.KV_CACHE_USED_RATIO)),
                    Style.DIM);
        }
        String blocks = blocks(row.engine().measured().metrics(), ratio);
        int at = blocks.isEmpty() ? 0 : canvas.put(2, 0, blocks, Style.PLAIN) + 3;
        at = word(canvas, at, "hit ", figures.value(Metric.PREFIX_CACHE_HIT_RATIO), one -> Cells.ratio(number(one)));
        word(
                canvas,
                at,
                "preempt ",
                figures.value(Metric.PREEMPTIONS_PER_SECOND),
                one -> number(one) == 0 ? "0/s" : Rates.perSecond(number(one), 5) + "/s!");
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static String blocks(Figures<Metric> figures, Optional<Double> ratio) {
        Optional<Double> total = figures.number(Metric.KV_CACHE_TOTAL_TOKENS);
        Optional<Double> block = figures.number(Metric.KV_CACHE_BLOCK_TOKENS).filter(tokens -> tokens > 0);
        if (total.isEmpty() || ratio.isEmpty()) {
            return "";
        }
        double size = block.orElse(1.0);
        long blocks = Math.round(total.get() / size);
        String unit = block.isPresent() ? " x " + Math.round(size) + " tok" : " tok";
        return Math.round(ratio.get() * blocks) + " of " + blocks + unit;
    }

    private static String why(Optional<Value<?>> value) {
        return value.flatMap(Value::missing)
                .map(gap -> gap.reason().code() + ": " + gap.detail())
                .orElse("does not apply here");
    }

    private static int word(
            Canvas canvas, int at, String name, Optional<Value<?>> value, Function<Object, String> writer) {
        if (value.isEmpty()) {
            return at;
        }
        String text = value.get()
                .known()
                .map(known -> writer.apply(known))
                .orElseGet(() -> value.get()
                        .missing()
                        .map(gap -> TableCell.sign(gap.reason()))
                        .orElse(""));
        if (at + canvas.width(name + text) >= canvas.size().columns()) {
            return at;
        }
        return canvas.put(2, at, name + text, value.get().known().isPresent() ? Style.PLAIN : Style.DIM) + 3;
    }

    /** Quantiles of the window. */
    static void latency(Canvas canvas, TableRow row) {
        RowFigures figures = new RowFigures(row);
        String title = figures.known(Metric.TIME_TO_FIRST_TOKEN, Distribution.class)
                .filter(one -> one.windowSeconds() > 0)
                .map(one -> "latency over " + window(one.windowSeconds()) + ", " + one.count()
                        + (one.count() == 1 ? " request" : " requests"))
                .orElse("latency");
        new Title(title).draw(canvas);
        quantiles(canvas, 1, "TTFT", figures.value(Metric.TIME_TO_FIRST_TOKEN), 10);
        quantiles(canvas, 2, "ITL", figures.value(Metric.INTER_TOKEN_LATENCY), Double.MAX_VALUE);
        median(canvas, 1, "queue", figures.value(Metric.QUEUE_TIME));
        median(canvas, 2, "e2e", figures.value(Metric.END_TO_END_LATENCY));
    }

    private static String window(double seconds) {
        return seconds <= 120 ? Math.round(seconds) + "s" : Cells.duration(seconds);
    }

    private static void quantiles(Canvas canvas, int row, String name, Optional<Value<?>> value, double worst) {
        int at = canvas.put(row, 0, String.format(Locale.ROOT, "%-5s", name), Style.PLAIN);
        Optional<Distribution> known = distribution(value);
        if (known.isEmpty()) {
            canvas.put(row, at, Math.min(32, canvas.size().columns() - at), why(value), Style.DIM);
            return;
        }
        Distribution.Quantiles quantiles = known.get().quantiles();
        at = quantile(
                canvas, row, at, "p50 ", quantiles.p50().or(() -> known.get().mean()), Pressure.NONE);
        at = quantile(canvas, row, at, "p90 ", quantiles.p90(), Pressure.NONE);
        Pressure pressure = worst == Double.MAX_VALUE
                ? Pressure.NONE
                : quantiles.p99().map(Pressure::ofTimeToFirstToken).orElse(Pressure.NONE);
        quantile(canvas, row, at, "p99 ", quantiles.p99(), pressure);
    }

    private static Optional<Distribution> distribution(Optional<Value<?>> value) {
        return value.flatMap(one -> one.known()).map(one -> (Distribution) one);
    }

    private static int quantile(
            Canvas canvas, int row, int at, String name, Optional<Double> seconds, Pressure pressure) {
        int from = canvas.put(row, at, name, Style.PLAIN);
        String text = seconds.map(Cells::latency).orElse("…");
        canvas.putRight(row, from + 5, text, seconds.isPresent() ? Style.of(pressure) : Style.DIM);
        if (pressure != Pressure.NONE) {
            canvas.put(row, from + 5, "!", Style.of(pressure));
        }
        return from + 7;
    }

    private static void median(Canvas canvas, int row, String name, Optional<Value<?>> value) {
        int at = 38;
        if (value.isEmpty() || canvas.size().columns() < at + 16) {
            return;
        }
        canvas.put(row, at, String.format(Locale.ROOT, "%-5s p50 ", name), Style.PLAIN);
        Optional<Double> middle =
                distribution(value).flatMap(one -> one.quantiles().p50().or(one::mean));
        String text = middle.map(seconds -> Cells.latency(seconds, 6))
                .orElseGet(() -> value.get()
                        .missing()
                        .map(gap -> TableCell.sign(gap.reason()))
                        .orElse("…"));
        canvas.put(row, at + 10, text, middle.isPresent() ? Style.PLAIN : Style.DIM);
    }
}
