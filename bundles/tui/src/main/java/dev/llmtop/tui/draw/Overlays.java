// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.state.Overlay;
import java.util.Optional;

/** What lies over the main screen. */
final class Overlays {
    private Overlays() {}

    static void draw(Canvas canvas, Stage stage) {
        switch (stage.scene().view().overlay().kind()) {
            case COMMAND -> CommandSheet.draw(canvas, stage);
            case COPY -> CopyPage.draw(canvas, stage);
            case NONE, DETAILS, HELP, WHY, EVIDENCE, EVENTS, MEMORY, ASKED ->
                sheet(canvas, stage).ifPresent(sheet -> draw(canvas, stage, sheet));
        }
    }

    private static void draw(Canvas canvas, Stage stage, Sheet sheet) {
        Overlay overlay = stage.scene().view().overlay();
        if (overlay.kind() == Overlay.Kind.EVENTS) {
            sheet.drawSelecting(canvas, overlay.scroll(), mostRows(canvas.size()));
            return;
        }
        sheet.draw(canvas, overlay.scroll(), overlay.find(), mostRows(canvas.size()));
    }

    /** The sheet of the open overlay, its lines as wide as the canvas; empty where it is none. */
    static Optional<Sheet> sheet(Canvas canvas, Stage stage) {
        Optional<Sheet> sheet = switch (stage.scene().view().overlay().kind()) {
            case NONE, DETAILS, COMMAND, COPY -> Optional.empty();
            case HELP -> Optional.of(HelpSheet.of());
            case WHY -> Optional.of(WhySheet.of(stage));
            case EVIDENCE -> Optional.of(OtherSheets.evidence(stage));
            case EVENTS -> Optional.of(OtherSheets.events(stage));
            case MEMORY -> Optional.of(OtherSheets.memory(stage));
            case ASKED -> Optional.of(OtherSheets.asked(stage));
        };
        boolean selecting = stage.scene().view().overlay().kind() == Overlay.Kind.EVENTS;
        return selecting ? sheet : sheet.map(one -> one.wrapped(canvas));
    }

    /** Rows of a sheet with its title: the header, the head of the table and some rows stay in sight where there is room. */
    static int mostRows(Size size) {
        return Math.max(4, size.rows() - 9);
    }
}
