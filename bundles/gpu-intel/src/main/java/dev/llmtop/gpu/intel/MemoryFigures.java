// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.intel;

import dev.llmtop.gpu.drm.DrmCard;
import dev.llmtop.gpu.drm.SystemFiles;
import dev.llmtop.model.Figures;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.Optional;

/**
 * Memory of one card. No file tells the total of a card of its own; where the processor reaches all of it (resizable BAR) the size of
 * its third resource is that total. What is used is the sum over the processes, and only known where all of them may be looked into.
 */
record MemoryFigures(DrmCard card, SystemFiles files, Use use) {
    /** Without resizable BAR the window is this small, whatever the card has. */
    private static final long SMALL_WINDOW = 256L << 20;

    private static final int MEMORY_BAR = 2;
    private static final String SHARED = "it uses the machine's memory; see the host's";
    private static final String NO_TOTAL =
            "the driver tells it in no file, and the window to the card's memory is a part of it only";
    private static final String OTHERS =
            "the driver tells memory by process, and those of other users may not be looked into; sudo llmtop may";

    void put(Figures.Builder<GpuMetric> figures, boolean integrated) {
        if (integrated) {
            figures.put(GpuMetric.MEMORY_TOTAL_BYTES, systemTotal());
            figures.putUnavailable(GpuMetric.MEMORY_USED_BYTES, Reason.NOT_SUPPORTED, SHARED);
            return;
        }
        figures.put(
                GpuMetric.MEMORY_TOTAL_BYTES,
                window().map(Value::of).orElseGet(() -> Value.unavailable(Reason.NOT_SUPPORTED, NO_TOTAL)));
        figures.put(
                GpuMetric.MEMORY_USED_BYTES,
                use.seen().complete()
                        ? Value.of(use.cardMemory(card.address()))
                        : Value.unavailable(Reason.NO_PERMISSION, OTHERS));
    }

    private Value<Long> systemTotal() {
        return files.text("/proc/meminfo")
                .flatMap(text -> text.lines()
                        .filter(line -> line.matches("MemTotal:\\s+\\d{1,15} kB"))
                        .map(line -> Value.of(Long.parseLong(line.replaceAll("\\D", "")) * 1024))
                        .findFirst())
                .orElseGet(() -> Value.unavailable(Reason.NO_PERMISSION, "/proc/meminfo cannot be read"));
    }

    /** Lines are {@code 0x0000006000000000 0x00000062ffffffff 0x000000000014220c}: first, last, flags. */
    private Optional<Long> window() {
        return files.text(card.device("resource"))
                .flatMap(text -> text.lines().skip(MEMORY_BAR).findFirst())
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length == 3
                        && fields[0].matches("0x[0-9a-f]{1,16}")
                        && fields[1].matches("0x[0-9a-f]{1,16}"))
                .map(fields -> Long.parseUnsignedLong(fields[1].substring(2), 16)
                        - Long.parseUnsignedLong(fields[0].substring(2), 16)
                        + 1)
                .filter(bytes -> bytes > SMALL_WINDOW);
    }
}
