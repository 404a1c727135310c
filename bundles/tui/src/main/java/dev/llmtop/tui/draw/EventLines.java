// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.model.EventKind;
import dev.llmtop.model.Snapshot.Event;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.state.Scene;
import java.util.List;

/** Events, the newest first: when, what, where, and one line about it. */
final class EventLines {
    private static final int TIME = 9;
    private static final int KIND = 17;

    private final Scene scene;
    private final ClockTimes times;

    EventLines(Scene scene) {
        this.scene = scene;
        this.times = new ClockTimes(scene);
    }

    /** A line for each event, as many as there is room for; those skipped are the newest. */
    void draw(Canvas canvas, int skipped) {
        List<Event> events = scene.events();
        for (int at = 0; at < canvas.size().rows(); at++) {
            int index = events.size() - 1 - skipped - at;
            if (index < 0) {
                break;
            }
            Event event = events.get(index);
            int from = head(canvas, at, event);
            canvas.put(at, from, canvas.size().columns() - from, text(event), Style.PLAIN);
        }
    }

    /** The same for narrow panes: what it is about and the rest on lines of their own. */
    void drawNarrow(Canvas canvas) {
        List<Event> events = scene.events();
        int row = 0;
        for (int index = events.size() - 1; index >= 0 && row < canvas.size().rows(); index--) {
            Event event = events.get(index);
            int at = head(canvas, row, event) - 1;
            String where = event.engine().map(id -> EngineNames.name(scene, id)).orElse("");
            canvas.put(row++, at, canvas.size().columns() - at, where, Style.PLAIN);
            String rest = rest(event);
            if (!rest.isEmpty() && row < canvas.size().rows()) {
                canvas.put(row++, TIME, canvas.size().columns() - TIME, rest, Style.PLAIN);
            }
        }
    }

    /** When and what; returns the column behind it, the same for all but the longest. */
    private int head(Canvas canvas, int row, Event event) {
        canvas.put(row, 0, times.of(event.time()), Style.DIM);
        Style style = event.kind() == EventKind.PRESSURE ? Style.BOLD : Style.PLAIN;
        int end = canvas.put(row, TIME, event.kind().code().replace('-', ' '), style);
        return Math.max(TIME + KIND, end + 1);
    }

    private String text(Event event) {
        return text(scene, event);
    }

    /** Where, which model, and one line about it. */
    static String text(Scene scene, Event event) {
        String where =
                event.engine().map(id -> EngineNames.name(scene, id) + " ").orElse("");
        return where + rest(event);
    }

    private static String rest(Event event) {
        String model = event.model().orElse("");
        boolean said = model.isEmpty() || event.detail().contains(model);
        return said ? event.detail() : event.detail().isEmpty() ? model : model + " " + event.detail();
    }
}
