// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Pressure;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.state.Pane;

/** What the focused cell of the selected row says, whence, and how old it is. */
final class InspectorPane {
    private static final String KEYS = "←→ column  y why";

    private InspectorPane() {}

    static void draw(Canvas canvas, Stage stage) {
        new Title("inspect").draw(canvas, stage, Pane.INSPECTOR);
        int columns = canvas.size().columns();
        stage.selected().ifPresent(row -> {
            Inspection inspection =
                    Inspection.of(row, stage.scene().view().table().focus());
            int age = canvas.width(inspection.age());
            canvas.put(1, 0, columns - (age == 0 ? 0 : age + 1), inspection.first(), Style.PLAIN);
            Pressure pressure = row.engine()
                    .measured()
                    .freshness()
                    .map(fresh -> Pressure.ofAge(
                            fresh.ageSeconds(), stage.snapshot().agent().tickSeconds()))
                    .orElse(Pressure.NONE);
            canvas.putRight(1, columns, inspection.age(), Style.of(pressure));
            boolean hint = columns >= 60;
            canvas.put(2, 0, columns - (hint ? canvas.width(KEYS) + 4 : 0), inspection.second(), Style.PLAIN);
            if (hint) {
                canvas.putRight(2, columns - 3, KEYS, Style.DIM);
            }
        });
    }
}
