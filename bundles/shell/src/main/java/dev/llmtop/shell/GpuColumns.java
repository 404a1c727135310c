// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import dev.llmtop.agent.Cells;
import dev.llmtop.agent.GpuDiagnostics;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.shell.Table.Column;
import java.util.List;
import java.util.function.Function;

/** The columns of the command {@code gpus}. */
final class GpuColumns {
    private GpuColumns() {}

    static List<Column<Gpu>> all() {
        return List.of(
                Column.number("GPU", gpu -> Integer.toString(gpu.identity().index())),
                Column.text("NAME", gpu -> gpu.identity().name()),
                Column.text("STATE", gpu -> gpu.state().code()),
                Column.number("UTIL", gpu -> cell(gpu, GpuMetric.UTILIZATION_RATIO, Cells::ratio)),
                Column.number("USED", gpu -> cell(gpu, GpuMetric.MEMORY_USED_BYTES, bytes -> Cells.bytes(bytes))),
                Column.number("TOTAL", gpu -> cell(gpu, GpuMetric.MEMORY_TOTAL_BYTES, bytes -> Cells.bytes(bytes))),
                Column.number("WATTS", gpu -> cell(gpu, GpuMetric.POWER_WATTS, watts -> Cells.number(watts))),
                Column.number(
                        "CELSIUS", gpu -> cell(gpu, GpuMetric.TEMPERATURE_CELSIUS, degrees -> Cells.number(degrees))),
                Column.number(
                        "PROCESSES",
                        gpu -> Integer.toString(gpu.tenants().processes().size())));
    }

    /** The columns of the command {@code gpus --raw}. */
    static List<Column<GpuDiagnostics.Call>> ofCalls() {
        return List.of(
                Column.text("GPU", GpuDiagnostics.Call::device),
                Column.text("CALL", GpuDiagnostics.Call::symbol),
                Column.number(
                        "CODE",
                        call -> call.code().isPresent()
                                ? Integer.toString(call.code().getAsInt())
                                : ""),
                Column.text("OUTCOME", GpuDiagnostics.Call::outcome),
                Column.text("VALUE", GpuDiagnostics.Call::value));
    }

    private static String cell(Gpu gpu, GpuMetric metric, Function<Double, String> writer) {
        return gpu.figures()
                .number(metric)
                .map(writer)
                .or(() -> gpu.figures().missing(metric).map(gap -> gap.reason().cell()))
                .orElse("");
    }
}
