// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Cells;
import dev.llmtop.agent.Pressure;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Snapshot;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.draw.GpuFigures.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The only GPU of a machine in a row, or why there is none. */
final class GpuRow {
    private static final int LEAST_BAR = 6;
    private static final int MOST_BAR = 40;

    private GpuRow() {}

    /** A figure behind the bar. */
    private record Word(String text, Style style) {}

    /** The row of a machine without a GPU. */
    static void drawNone(Canvas canvas, Stage stage) {
        if (stage.scanning()) {
            canvas.put(0, 0, "GPU  …", Style.PLAIN);
            return;
        }
        String why = problem(stage.snapshot())
                .map(problem -> problem.detail() + (problem.source().equals("gpu") ? "." : "; no other source."))
                .orElse("no source reports one.");
        int at = canvas.put(0, 0, "GPU  none: ", Style.PLAIN);
        int room = canvas.size().columns() - at;
        boolean hint = canvas.width(why) + 7 <= room;
        canvas.put(0, at, canvas.cut(why, room) + (hint ? "  y why" : ""), Style.DIM);
    }

    /** The problem that says why there is no GPU. */
    static Optional<Snapshot.Problem> problem(Snapshot snapshot) {
        Set<String> words = Set.of("gpu", "nvml", "nvidia", "amd", "rocm", "intel");
        return snapshot.findings().problems().stream()
                .filter(problem -> words.stream().anyMatch(problem.source().toLowerCase(Locale.ROOT)::contains))
                .findFirst();
    }

    static void draw(Canvas canvas, Stage stage, Gpu gpu) {
        GpuFigures figures = new GpuFigures(gpu, stage.snapshot());
        String name = "GPU" + gpu.identity().index() + " " + figures.name()
                + (gpu.memory().unified() ? " unified" : "");
        if (gpu.state() != Gpu.State.ACTIVE) {
            int at = canvas.put(0, 0, canvas.size().columns() - 8, name, Style.PLAIN) + 1;
            canvas.put(0, at, gpu.state().code(), Style.of(figures.pressure()));
            return;
        }
        List<Word> words = words(stage, gpu, figures);
        int columns = canvas.size().columns();
        String shortName = canvas.cut(name, Math.max(6, columns / 3));
        int bar = room(canvas, columns, shortName, words);
        while (bar < LEAST_BAR && words.size() > 2) {
            words.remove(words.size() - 1);
            bar = room(canvas, columns, shortName, words);
        }
        int at = canvas.put(0, 0, shortName + " ", Style.PLAIN);
        if (bar >= LEAST_BAR) {
            String filled = Bar.filled(figures.utilization(), Math.min(MOST_BAR, bar));
            at = canvas.put(0, at, "▕" + filled + "▏ ", Style.PLAIN);
        }
        for (Word word : words) {
            at = canvas.put(0, at, word.text(), word.style()) + 1;
        }
    }

    /** Cells that are left for the bar; one stays free at the right. */
    private static int room(Canvas canvas, int columns, String name, List<Word> words) {
        int used = canvas.width(name) + 1 + 3;
        for (Word word : words) {
            used += canvas.width(word.text()) + 1;
        }
        return columns - used;
    }

    private static List<Word> words(Stage stage, Gpu gpu, GpuFigures figures) {
        List<Word> words = new ArrayList<>();
        add(words, figures.utilizationText(), Pressure.NONE);
        if (!gpu.memory().unified()) {
            add(words, figures.memoryText(), figures.memoryPressure());
        }
        add(words, figures.temperature(), figures.thermal());
        add(words, figures.power(), Pressure.NONE);
        add(words, figures.clock(), Pressure.NONE);
        add(words, figures.cap(), Pressure.NONE);
        tokensPerJoule(stage.snapshot()).ifPresent(text -> words.add(new Word(text, Style.PLAIN)));
        if (!gpu.tenants().mig().isEmpty()) {
            words.add(new Word(gpu.tenants().mig().size() + " MIG", Style.PLAIN));
        }
        if (!figures.throttle().isEmpty()) {
            words.add(new Word("throttle " + String.join(" ", figures.throttle()), Style.PLAIN));
        }
        return words;
    }

    private static void add(List<Word> words, Field field, Pressure pressure) {
        if (!field.text().isEmpty()) {
            String mark = pressure == Pressure.NONE ? "" : "!";
            words.add(new Word(field.text() + mark, field.style(pressure)));
        }
    }

    /** Tokens per joule of all engines together; at least so many where a part is missing. */
    static Optional<String> tokensPerJoule(Snapshot snapshot) {
        boolean partial = snapshot.totals().partial().contains(Metric.TOKENS_PER_JOULE)
                || snapshot.totals().partial().contains(Metric.GENERATION_TOKENS_PER_SECOND);
        return snapshot.totals()
                .figures()
                .number(Metric.TOKENS_PER_JOULE)
                .map(tokens -> (partial ? "≥" : "") + Cells.number(tokens) + " tok/J");
    }
}
