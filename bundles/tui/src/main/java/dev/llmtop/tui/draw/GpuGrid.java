// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Cells;
import dev.llmtop.agent.Pressure;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Snapshot;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.draw.GpuFigures.Field;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Several GPUs: a cell each, or where they are many a block each and the worst three. */
final class GpuGrid {
    private static final int CELL = 40;
    private static final int WIDEST_CELL = 56;
    private static final int BAR = 8;
    private static final int MOST_CELLS = 16;
    private static final int WORST = 3;
    private static final String LEVELS = "▁▂▃▄▅▆▇█";

    private GpuGrid() {}

    static void draw(Canvas canvas, Stage stage) {
        List<Gpu> gpus = stage.snapshot().machine().gpus();
        if (gpus.size() > MOST_CELLS) {
            strip(canvas, stage.snapshot(), gpus);
            List<Gpu> worst = gpus.stream()
                    .sorted(worstFirst(stage.snapshot()))
                    .limit(WORST)
                    .toList();
            cells(canvas.part(1, 0, canvas.size().columns(), canvas.size().rows() - 1), stage.snapshot(), worst);
        } else {
            cells(canvas, stage.snapshot(), gpus);
        }
    }

    private static Comparator<Gpu> worstFirst(Snapshot snapshot) {
        return Comparator.<Gpu, Pressure>comparing(gpu -> new GpuFigures(gpu, snapshot).pressure())
                .thenComparing(
                        gpu -> new GpuFigures(gpu, snapshot).memoryRatio().orElse(0.0))
                .thenComparing(gpu -> new GpuFigures(gpu, snapshot).utilization())
                .reversed();
    }

    /** One line for all of them. */
    static void drawSummary(Canvas canvas, Stage stage) {
        List<Gpu> gpus = stage.snapshot().machine().gpus();
        double most = gpus.stream()
                .mapToDouble(gpu -> new GpuFigures(gpu, stage.snapshot()).utilization())
                .max()
                .orElse(0);
        boolean known = gpus.stream()
                .anyMatch(
                        gpu -> gpu.figures().number(GpuMetric.UTILIZATION_RATIO).isPresent());
        Pressure worst = worst(gpus, stage.snapshot());
        canvas.put(
                0,
                0,
                "GPUs " + gpus.size() + (known ? ", max " + Cells.ratio(most) : "")
                        + (worst == Pressure.NONE ? "" : "!"),
                Style.of(worst));
    }

    private static Pressure worst(List<Gpu> gpus, Snapshot snapshot) {
        return gpus.stream()
                .map(gpu -> new GpuFigures(gpu, snapshot).pressure())
                .max(Comparator.naturalOrder())
                .orElse(Pressure.NONE);
    }

    private static void strip(Canvas canvas, Snapshot snapshot, List<Gpu> gpus) {
        int at =
                canvas.put(0, 0, "GPU 0-" + gpus.get(gpus.size() - 1).identity().index() + " ", Style.PLAIN);
        for (Gpu gpu : gpus) {
            GpuFigures figures = new GpuFigures(gpu, snapshot);
            int level = (int) Math.min(7, Math.floor(figures.utilization() * 8));
            String block = gpu.state() == Gpu.State.ACTIVE ? LEVELS.substring(level, level + 1) : "!";
            at = canvas.put(0, at, block, Style.of(figures.pressure()));
        }
    }

    /** Down the first column, then down the next; where columns are left over the bars are longer. */
    private static void cells(Canvas canvas, Snapshot snapshot, List<Gpu> gpus) {
        int columns = canvas.size().columns();
        int abreast = Math.max(1, columns / CELL);
        int rows = (gpus.size() + abreast - 1) / abreast;
        int used = (gpus.size() + rows - 1) / rows;
        int width = Math.max(Math.min(CELL, columns), Math.min(WIDEST_CELL, columns / used));
        int digits = wide(gpus) ? 2 : 1;
        for (int at = 0; at < gpus.size(); at++) {
            int row = at % rows;
            if (row < canvas.size().rows()) {
                Canvas cell = canvas.part(row, at / rows * width, width, 1);
                cell(cell, gpus.get(at), new GpuFigures(gpus.get(at), snapshot), digits, at / rows == used - 1);
            }
        }
    }

    private static boolean wide(List<Gpu> gpus) {
        return gpus.stream().anyMatch(gpu -> gpu.identity().index() > 9);
    }

    private static void cell(Canvas canvas, Gpu gpu, GpuFigures figures, int digits, boolean last) {
        String index =
                String.format(Locale.ROOT, "%" + digits + "d", gpu.identity().index());
        if (gpu.state() != Gpu.State.ACTIVE) {
            canvas.put(0, 0, index + " " + figures.name() + " " + gpu.state().code(), Style.of(figures.pressure()));
            return;
        }
        int bar = Math.max(4, BAR + canvas.size().columns() - CELL - (digits - 1));
        int at = canvas.put(0, 0, index + "▕" + Bar.whole(figures.utilization(), bar) + "▏", Style.PLAIN);
        at = right(canvas, at, 4, figures.utilizationText(), Pressure.NONE);
        at = right(canvas, at, 11, figures.memoryText(), figures.memoryPressure());
        at = right(canvas, at, 5, figures.temperature(), figures.thermal());
        at = right(canvas, at, 5, figures.wholePower(), Pressure.NONE);
        String marks = figures.marks();
        // A blank before them where one is left behind them too, or where nothing stands behind them.
        canvas.put(0, at + (marks.length() > (last ? 3 : 2) ? 0 : 1), marks, Style.of(figures.pressure()));
    }

    private static int right(Canvas canvas, int at, int cells, Field field, Pressure pressure) {
        canvas.putRight(0, at + cells, field.text(), field.style(pressure));
        return at + cells;
    }
}
