// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import dev.llmtop.model.Gpu;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.state.Part;
import dev.llmtop.tui.state.Scene;
import java.util.List;
import java.util.Set;

/**
 * How the main screen is divided into bands from top to bottom; row 0 is the header.
 *
 * @param upper what stands above the table
 * @param table its head and its rows
 * @param lower what stands below the table
 */
public record ScreenLayout(Size size, Upper upper, Band table, Lower lower) {
    /** Below this size only the header is drawn. */
    public static final Size LEAST = new Size(40, 10);

    /** From this size on panes stand side by side. */
    private static final Size WIDE = new Size(180, 40);

    private static final int LEAST_TABLE = 1 + 3;
    private static final int TITLE_AND_TWO = 3;
    private static final int MOST_GPU_CELLS = 16;
    private static final int GPU_CELL_COLUMNS = 40;

    /**
     * Above the table.
     *
     * @param gpuSummary whether all GPUs share one line
     */
    public record Upper(Band gpu, boolean gpuSummary, Band memory, Band flow) {}

    /**
     * Below the table.
     *
     * @param panes panes side by side, instead of graphs, latency and events
     * @param keys the last row
     */
    public record Lower(Band graphs, Band latency, Band panes, Band events, Band inspector, Band keys) {}

    /**
     * Divides a screen.
     *
     * @param wanted rows that the table would like to have
     */
    public static ScreenLayout of(Scene scene, Size size, int wanted) {
        if (size.columns() < LEAST.columns() || size.rows() < LEAST.rows()) {
            Lower nothing = new Lower(Band.NONE, Band.NONE, Band.NONE, Band.NONE, Band.NONE, Band.NONE);
            return new ScreenLayout(size, new Upper(Band.NONE, false, Band.NONE, Band.NONE), Band.NONE, nothing);
        }
        Set<Part> hidden = scene.view().look().hidden();
        Upper upper = upper(scene, size, hidden);
        int top = 1 + upper.gpu().rows() + upper.memory().rows() + upper.flow().rows();
        int room = size.rows() - top - 1;
        boolean wide = size.columns() >= WIDE.columns() && size.rows() >= WIDE.rows();
        Rows rows = wanted == 0
                ? empty(room, hidden)
                : wide ? wide(room, wanted + 1, hidden) : stacked(size, room, wanted + 1, hidden);
        return stack(size, upper, top, rows);
    }

    private static Upper upper(Scene scene, Size size, Set<Part> hidden) {
        List<Gpu> gpus = scene.snapshot().machine().gpus();
        int spare = size.rows() - 2 - LEAST_TABLE;
        int full = hidden.contains(Part.GPU) ? 0 : gpuRows(gpus.size(), size.columns());
        int gpu = full <= spare ? full : 1;
        spare -= gpu;
        boolean unified = gpus.stream().anyMatch(one -> one.memory().unified());
        int memory = unified && !hidden.contains(Part.MEMORY) && spare > 0 ? 1 : 0;
        spare -= memory;
        boolean flowing = !scene.snapshot().engines().isEmpty()
                && !scene.snapshot().agent().scanning();
        int flow = flowing && !hidden.contains(Part.FLOW) && spare > 0 ? 1 : 0;
        return new Upper(band(1, gpu), gpu < full, band(1 + gpu, memory), band(1 + gpu + memory, flow));
    }

    /** Rows that the GPUs take when each has its cell, or, when they are many, its block and the worst three a cell. */
    private static int gpuRows(int gpus, int columns) {
        if (gpus <= 1) {
            return 1;
        }
        int abreast = Math.max(1, columns / GPU_CELL_COLUMNS);
        int cells = gpus > MOST_GPU_CELLS ? 3 : gpus;
        return (cells + abreast - 1) / abreast + (gpus > MOST_GPU_CELLS ? 1 : 0);
    }

    /** How many rows each part has. */
    private record Rows(int table, int graphs, int latency, int panes, int events, int inspector) {}

    /** Parts one below another. */
    private static Rows stacked(Size size, int room, int wanted, Set<Part> hidden) {
        int left = room;
        int inspector = !hidden.contains(Part.INSPECTOR) && left >= LEAST_TABLE + 1 + TITLE_AND_TWO ? TITLE_AND_TWO : 0;
        left -= inspector;
        boolean eventful = !hidden.contains(Part.EVENTS);
        int events = eventful && left >= LEAST_TABLE + 2 + TITLE_AND_TWO ? TITLE_AND_TWO : 0;
        left -= events;
        int table = Math.max(11, Math.min(wanted, 17));
        boolean graphic = !hidden.contains(Part.GRAPHS) && size.columns() >= 60;
        int latency = graphic && left >= table + TITLE_AND_TWO ? TITLE_AND_TWO : 0;
        left -= latency;
        int graphs = latency > 0 && left >= table + 6 ? Math.min(12, left - table) : 0;
        left -= graphs;
        if (graphs == 12 || !graphic) {
            int more = eventful && events > 0 ? Math.min(3, Math.max(0, left - table)) : 0;
            events += more;
            left -= more;
        }
        int spare = graphs == 12 ? Math.max(0, left - Math.max(table, wanted)) / 2 : 0;
        return new Rows(left - spare, graphs + spare, latency, 0, events, inspector);
    }

    /** Without a row there is nothing to inspect. */
    private static Rows empty(int room, Set<Part> hidden) {
        int events = !hidden.contains(Part.EVENTS) && room >= LEAST_TABLE + 2 + TITLE_AND_TWO ? TITLE_AND_TWO : 0;
        return new Rows(room - events, 0, 0, 0, events, 0);
    }

    private static Rows wide(int room, int wanted, Set<Part> hidden) {
        int inspector = hidden.contains(Part.INSPECTOR) ? 0 : TITLE_AND_TWO;
        int left = room - inspector;
        int table = Math.max(LEAST_TABLE, Math.min(Math.max(16, wanted), left - Math.min(18, left / 2)));
        return new Rows(table, 0, 0, left - table, 0, inspector);
    }

    private static ScreenLayout stack(Size size, Upper upper, int top, Rows rows) {
        Band table = band(top, rows.table());
        int next = top + rows.table();
        Band graphs = band(next, rows.graphs());
        next += rows.graphs();
        Band latency = band(next, rows.latency());
        next += rows.latency();
        Band panes = band(next, rows.panes());
        next += rows.panes();
        Band events = band(next, rows.events());
        next += rows.events();
        Band inspector = band(next, rows.inspector());
        Band keys = band(size.rows() - 1, 1);
        return new ScreenLayout(size, upper, table, new Lower(graphs, latency, panes, events, inspector, keys));
    }

    private static Band band(int top, int rows) {
        return rows <= 0 ? Band.NONE : new Band(top, rows);
    }

    /** Rows of the table below its head. */
    public int tableRows() {
        return Math.max(0, table.rows() - 1);
    }

    /** Whether more than the header is drawn. */
    public boolean whole() {
        return table.shown();
    }
}
