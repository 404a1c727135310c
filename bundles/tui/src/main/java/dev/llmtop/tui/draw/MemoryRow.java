// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Cells;
import dev.llmtop.agent.MemoryMap;
import dev.llmtop.agent.Pressure;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.table.TableRow;
import java.util.List;
import java.util.Optional;

/** Where the memory went that CPU and GPU share: a sign for each engine. */
final class MemoryRow {
    private MemoryRow() {}

    static void draw(Canvas canvas, Stage stage) {
        Optional<MemoryMap> known = MemoryMap.of(stage.snapshot());
        if (known.isEmpty()) {
            canvas.put(0, 0, "MEM  unified: the host's memory is not known", Style.DIM);
            return;
        }
        MemoryMap map = known.get();
        long free = map.bytes(MemoryMap.Kind.FREE);
        Pressure pressure = Pressure.ofMemory(map.totalBytes() == 0 ? 0 : (double) map.usedBytes() / map.totalBytes());
        String end = Cells.bytes(free) + " free" + (pressure == Pressure.NONE ? "" : "!");
        int at = canvas.put(0, 0, "MEM " + Cells.bytes(map.totalBytes()) + " ▕", Style.PLAIN);
        int cells = canvas.size().columns() - at - 2 - canvas.width(end);
        if (cells > 0) {
            at = bar(canvas, at, cells, MemoryLetters.of(map, stage.engineOrder()), map.totalBytes(), stage);
        }
        at = canvas.put(0, at, "▏ ", Style.PLAIN);
        canvas.put(0, at, end, Style.of(pressure));
    }

    /** The id of the selected engine; empty where none is selected. */
    static String selected(Stage stage) {
        return stage.selectedIndex() < 0
                ? ""
                : stage.selected()
                        .map(TableRow::engine)
                        .map(engine -> engine.identity().id())
                        .orElse("");
    }

    private static int bar(
            Canvas canvas, int start, int cells, List<MemoryLetters.Signed> parts, long totalBytes, Stage stage) {
        int[] share = MemoryLetters.cells(parts, totalBytes, cells);
        String selected = selected(stage);
        int at = start;
        for (int index = 0; index < share.length; index++) {
            MemoryLetters.Signed one = parts.get(index);
            boolean reverse = one.part().id().equals(selected);
            at = canvas.put(0, at, one.sign().repeat(share[index]), Style.PLAIN.reversed(reverse));
        }
        return at;
    }
}
