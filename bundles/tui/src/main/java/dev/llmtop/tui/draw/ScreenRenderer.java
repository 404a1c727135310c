// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.model.Gpu;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Frame;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.state.Overlay;
import dev.llmtop.tui.state.Pane;
import dev.llmtop.tui.state.Scene;
import dev.llmtop.tui.table.Band;
import dev.llmtop.tui.table.ScreenLayout;
import java.util.List;
import java.util.function.BiConsumer;

/** Draws the whole screen. Pure. */
public final class ScreenRenderer {
    /** The frame of a scene at a size; never fails, whatever the size. */
    public Frame draw(Scene scene, Size size) {
        Canvas canvas = new Canvas(size, scene.view().look().ascii());
        Stage stage = Stage.of(scene, size);
        Overlay.Kind overlay = scene.view().overlay().kind();
        if (!stage.layout().whole()) {
            HeaderRow.draw(canvas, stage);
        } else if (overlay == Overlay.Kind.DETAILS) {
            new Details().draw(canvas, scene);
        } else {
            main(canvas, stage);
            Overlays.draw(canvas, stage);
        }
        return canvas.frame();
    }

    private static void main(Canvas canvas, Stage stage) {
        ScreenLayout layout = stage.layout();
        HeaderRow.draw(canvas, stage);
        band(canvas, layout.upper().gpu(), stage, ScreenRenderer::gpus);
        band(canvas, layout.upper().memory(), stage, MemoryRow::draw);
        band(canvas, layout.upper().flow(), stage, FlowRow::draw);
        band(canvas, layout.table(), stage, TablePane::draw);
        ScreenLayout.Lower lower = layout.lower();
        band(canvas, lower.graphs(), stage, GraphsPane::draw);
        band(canvas, lower.latency(), stage, LatencyPane::draw);
        band(canvas, lower.panes(), stage, WidePanes::draw);
        band(canvas, lower.events(), stage, ScreenRenderer::events);
        band(canvas, lower.inspector(), stage, InspectorPane::draw);
        band(canvas, lower.keys(), stage, ScreenRenderer::lastRow);
    }

    private static void band(Canvas canvas, Band band, Stage stage, BiConsumer<Canvas, Stage> renderer) {
        if (band.shown()) {
            renderer.accept(canvas.part(band.top(), 0, canvas.size().columns(), band.rows()), stage);
        }
    }

    private static void gpus(Canvas canvas, Stage stage) {
        List<Gpu> gpus = stage.snapshot().machine().gpus();
        if (gpus.isEmpty()) {
            GpuRow.drawNone(canvas, stage);
        } else if (stage.layout().upper().gpuSummary()) {
            GpuGrid.drawSummary(canvas, stage);
        } else if (gpus.size() == 1) {
            GpuRow.draw(canvas, stage, gpus.get(0));
        } else {
            GpuGrid.draw(canvas, stage);
        }
    }

    private static void events(Canvas canvas, Stage stage) {
        new Title("events").draw(canvas, stage, Pane.EVENTS);
        new EventLines(stage.scene())
                .draw(canvas.part(1, 0, canvas.size().columns(), canvas.size().rows() - 1), 0);
    }

    private static void lastRow(Canvas canvas, Stage stage) {
        stage.scene()
                .view()
                .prompt()
                .ifPresentOrElse(
                        prompt -> PromptRow.draw(
                                canvas,
                                prompt,
                                stage.table().engines() + " of " + stage.table().allEngines()),
                        () -> KeyRow.draw(canvas, stage));
    }
}
