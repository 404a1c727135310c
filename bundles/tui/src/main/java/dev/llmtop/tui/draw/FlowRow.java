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
import dev.llmtop.tui.table.TableCell;
import java.util.ArrayList;
import java.util.List;

/** All engines together: tokens into them and out of them, requests that run and wait. */
final class FlowRow {
    private static final int BAR_OF_80 = 18;
    private static final int LEAST_BAR = 4;
    private static final int MOST_BAR = 36;

    private final Canvas canvas;
    private final Snapshot.Totals totals;
    private final Pressure waiting;

    private FlowRow(Canvas canvas, Stage stage) {
        this.canvas = canvas;
        this.totals = stage.snapshot().totals();
        this.waiting = stage.pressures().worstWaiting();
    }

    /** A stretch of the row. */
    private record Word(String text, Style style) {}

    static void draw(Canvas canvas, Stage stage) {
        FlowRow row = new FlowRow(canvas, stage);
        int columns = canvas.size().columns();
        int usual = Math.min(MOST_BAR, BAR_OF_80 * columns / 80);
        List<Word> words = row.words(usual, true, true);
        int bar = usual + Math.min(0, columns - row.width(words));
        if (bar < usual) {
            boolean whole = bar >= LEAST_BAR;
            words = whole ? row.words(bar, true, true) : row.words(0, false, columns >= 60);
        }
        if (row.width(words) > columns) {
            words.replaceAll(
                    word -> new Word(word.text().replace("prefill", "pre").replace("decode", "dec"), word.style()));
        }
        int at = 0;
        for (Word word : words) {
            at = canvas.put(0, at, word.text(), word.style());
        }
    }

    private int width(List<Word> words) {
        return words.stream().mapToInt(word -> canvas.width(word.text())).sum();
    }

    private List<Word> words(int bar, boolean spelled, boolean signed) {
        List<Word> words = new ArrayList<>();
        plain(words, spelled ? "FLOW prefill " : "prefill ");
        words.add(figure(Metric.PROMPT_TOKENS_PER_SECOND));
        if (bar > 0) {
            String shares = Bar.shares(
                    number(Metric.PROMPT_TOKENS_PER_SECOND), number(Metric.GENERATION_TOKENS_PER_SECOND), bar);
            plain(words, " ▕" + shares + "▏ ");
            words.add(figure(Metric.GENERATION_TOKENS_PER_SECOND));
            plain(words, " decode tok/s");
        } else {
            plain(words, " decode ");
            words.add(figure(Metric.GENERATION_TOKENS_PER_SECOND));
        }
        plain(words, spelled ? "  run " : " run ");
        words.add(figure(Metric.RUNNING));
        signs(words, signed, "■", Metric.RUNNING);
        plain(words, spelled ? "  wait " : " wait ");
        Word figure = figure(Metric.WAITING);
        words.add(waiting == Pressure.NONE ? figure : new Word(figure.text() + "!", Style.of(waiting)));
        signs(words, signed, "□", Metric.WAITING);
        return words;
    }

    private static void plain(List<Word> words, String text) {
        words.add(new Word(text, Style.PLAIN));
    }

    private void signs(List<Word> words, boolean signed, String sign, Metric metric) {
        String signs = Bar.signs(sign, number(metric));
        if (signed && !signs.isEmpty()) {
            plain(words, " " + signs);
        }
    }

    private double number(Metric metric) {
        return totals.figures().number(metric).orElse(0.0);
    }

    private Word figure(Metric metric) {
        String least = totals.partial().contains(metric) ? "≥" : "";
        return totals.figures()
                .number(metric)
                .map(number -> new Word(least + written(number), Style.PLAIN))
                .orElseGet(() -> new Word(
                        totals.figures()
                                .missing(metric)
                                .map(Value.Unavailable::reason)
                                .map(TableCell::sign)
                                .orElse(Reason.NOT_EXPORTED.cell()),
                        Style.DIM));
    }

    private static String written(double number) {
        return number == Math.rint(number) ? Cells.count(Math.round(number)) : Cells.number(number);
    }
}
