// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Cells;
import dev.llmtop.agent.GpuMemory;
import dev.llmtop.agent.MemoryMap;
import dev.llmtop.agent.MemoryMap.Kind;
import dev.llmtop.agent.MemoryMap.Part;
import dev.llmtop.agent.Pressure;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Snapshot;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who holds how much memory: of the memory that GPU and CPU share, of all GPUs together, or of the host where there is no GPU.
 *
 * @param title which memory
 * @param total in bytes
 */
record MemoryTable(String title, long total, List<MemoryLetters.Signed> parts, Optional<String> partial) {
    static Optional<MemoryTable> of(Stage stage) {
        Snapshot snapshot = stage.snapshot();
        Optional<MemoryMap> shared = MemoryMap.of(snapshot);
        if (shared.isPresent()) {
            MemoryMap map = shared.get();
            String size = Cells.bytes(map.totalBytes());
            return Optional.of(new MemoryTable(
                    "memory, unified " + size,
                    map.totalBytes(),
                    MemoryLetters.of(map, stage.engineOrder()),
                    map.partial()));
        }
        return snapshot.machine().gpus().isEmpty() ? ofHost(stage) : ofGpus(stage);
    }

    private static Optional<MemoryTable> ofGpus(Stage stage) {
        long total = 0;
        long used = 0;
        for (Gpu gpu : stage.snapshot().machine().gpus()) {
            GpuMemory memory = GpuMemory.of(gpu, stage.snapshot());
            if (memory.totalBytes().isEmpty() || memory.usedBytes().isEmpty()) {
                return Optional.empty();
            }
            total += memory.totalBytes().get();
            used += memory.usedBytes().get();
        }
        List<Part> parts = new ArrayList<>();
        for (EngineSnapshot engine : stage.snapshot().engines()) {
            engine.placement()
                    .gpu()
                    .flatMap(share -> share.memoryBytes().known())
                    .ifPresent(bytes -> parts.add(part(engine, bytes)));
        }
        return Optional.of(table("memory of all GPUs ", total, used, parts, stage));
    }

    private static Optional<MemoryTable> ofHost(Stage stage) {
        var figures = stage.snapshot().machine().host().figures();
        Optional<Double> total = figures.number(HostMetric.MEMORY_TOTAL_BYTES);
        Optional<Double> used = figures.number(HostMetric.MEMORY_USED_BYTES);
        if (total.isEmpty() || used.isEmpty()) {
            return Optional.empty();
        }
        List<Part> parts = new ArrayList<>();
        for (EngineSnapshot engine : stage.snapshot().engines()) {
            engine.placement()
                    .process()
                    .flatMap(process -> process.usage().memoryBytes().known())
                    .ifPresent(bytes -> parts.add(part(engine, bytes)));
        }
        return Optional.of(table("memory of the host ", Math.round(total.get()), Math.round(used.get()), parts, stage));
    }

    private static Part part(EngineSnapshot engine, long bytes) {
        return new Part(Kind.ENGINE, engine.identity().id(), engine.identity().title(), bytes);
    }

    private static MemoryTable table(String title, long total, long used, List<Part> engines, Stage stage) {
        List<Part> parts = new ArrayList<>(engines);
        parts.add(new Part(Kind.FREE, "free", "free", Math.max(0, total - used)));
        MemoryMap map = new MemoryMap(total, parts, Optional.empty());
        return new MemoryTable(
                title + Cells.bytes(total), total, MemoryLetters.of(map, stage.engineOrder()), Optional.empty());
    }

    /** A line for each part, from a row on. */
    void draw(Canvas canvas, String selected) {
        int rows = canvas.size().rows();
        for (int at = 0; at < Math.min(rows, parts.size()); at++) {
            // The last two are the system and what is free: they stay where there are more parts than rows.
            int index = parts.size() > rows && at >= rows - 2 ? parts.size() - rows + at : at;
            line(canvas, at, parts.get(index), selected);
        }
    }

    private void line(Canvas canvas, int row, MemoryLetters.Signed one, String selected) {
        Part part = one.part();
        boolean free = part.kind() == Kind.FREE;
        double ratio = total <= 0 ? 0 : (double) part.bytes() / total;
        Pressure pressure = free ? Pressure.ofMemory(1 - ratio) : Pressure.NONE;
        canvas.put(row, 0, one.sign(), Style.PLAIN.reversed(part.id().equals(selected)));
        canvas.put(row, 2, 11, part.title(), Style.PLAIN);
        canvas.putRight(row, 18, Cells.bytes(part.bytes()), Style.PLAIN);
        canvas.putRight(row, 23, Cells.ratio(ratio), Style.of(pressure));
        canvas.put(row, 23, pressure == Pressure.NONE ? " " : "!", Style.of(pressure));
        int cells = Math.max(0, Math.min(60, canvas.size().columns() - 24 - 5));
        canvas.put(row, 24, Bar.filled(ratio, cells), Style.PLAIN);
    }
}
