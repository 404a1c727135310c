// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import dev.llmtop.model.Snapshot.Event;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Frame;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.cell.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Views and what was seen, for tests of keys: engines a, b and c, of which b has the model m. */
final class Seen {
    static final List<RowId> ROWS = List.of(RowId.of("a"), RowId.of("b"), RowId.of("b", "m"), RowId.of("c"));
    static final ViewState VIEW = new ViewState(
            Optional.of(RowId.of("a")),
            TableView.START,
            Overlay.NONE,
            Filter.ALL,
            new TimeView(false, Duration.ZERO, Duration.ofMinutes(2), Duration.ofSeconds(1)),
            new Look(Look.Theme.DARK, false, Set.of()),
            Optional.empty(),
            CommandPane.EMPTY,
            "");
    static final Shown SHOWN = shown(frame(), Shown.OverlayText.NONE, List.of());

    private Seen() {}

    static Shown shown(Frame frame, Shown.OverlayText overlay, List<Event> events) {
        return new Shown(frame, ROWS, Set.of(RowId.of("b")), 2, overlay, events);
    }

    static Shown text(int page, String... lines) {
        return shown(frame(), new Shown.OverlayText(List.of(lines), page), List.of());
    }

    static Frame frame() {
        return new Canvas(new Size(80, 24)).frame();
    }

    static Frame target(Target.Kind kind, String value) {
        Canvas canvas = new Canvas(new Size(80, 24));
        canvas.target(5, 10, 3, new Target(kind, value));
        return canvas.frame();
    }

    /** The view after keys as the help writes them, one by one. */
    static Step after(ViewState view, Shown shown, String... keys) {
        Step step = Step.of(view);
        for (String key : keys) {
            Input input = switch (key) {
                case "Up" -> Input.Key.of(Input.Name.UP);
                case "Down" -> Input.Key.of(Input.Name.DOWN);
                case "Left" -> Input.Key.of(Input.Name.LEFT);
                case "Right" -> Input.Key.of(Input.Name.RIGHT);
                case "BackTab" -> Input.Key.of(Input.Name.BACK_TAB);
                case "Backspace" -> Input.Key.of(Input.Name.BACKSPACE);
                case "Delete" -> Input.Key.of(Input.Name.DELETE);
                default -> Input.Key.called(key).orElseThrow();
            };
            step = Keys.apply(step.view(), input, shown);
        }
        return step;
    }

    static Step typed(ViewState view, Shown shown, String text) {
        Step step = Step.of(view);
        for (int point : text.codePoints().toArray()) {
            step = Keys.apply(step.view(), Input.Key.of(Character.toString(point)), shown);
        }
        return step;
    }
}
