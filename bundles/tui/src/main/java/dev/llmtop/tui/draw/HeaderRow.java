// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Cells;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Scan;
import dev.llmtop.model.State;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.state.Scene;
import dev.llmtop.tui.state.TimeView;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The first row: whose machine, how many engines in what state, what is under pressure, which moment. */
final class HeaderRow {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final int ROOM_FOR_CLOCK = 60;
    private static final int LEAST_HOST = 12;

    private HeaderRow() {}

    static void draw(Canvas canvas, Stage stage) {
        int columns = canvas.size().columns();
        String host = stage.snapshot().machine().host().name();
        String name = "llmtop " + canvas.cut(host, Math.max(LEAST_HOST, columns / 5));
        String time = time(stage.scene(), columns);
        int timeAt = columns - canvas.width(time);
        String counts = counts(stage);
        String filter = filter(stage);
        String pressure = pressure(stage);
        int room = timeAt - 1 - canvas.width(joined(name, "", filter, pressure)) - 2;
        boolean whole = canvas.width(counts) <= room;
        // With a filter its count says the same, so that half a sentence helps nobody.
        counts = whole ? counts : room >= 8 && filter.isEmpty() ? canvas.cut(counts, room) : "";
        int at = canvas.put(0, 0, Math.max(0, timeAt - 1), name, Style.BOLD);
        at = part(canvas, at, timeAt - 1, counts, Style.PLAIN);
        at = part(canvas, at, timeAt - 1, filter, Style.BOLD);
        if (!pressure.isEmpty()) {
            part(
                    canvas,
                    at,
                    timeAt - 1,
                    pressure,
                    Style.of(stage.pressures().all().get(0).level()));
        }
        canvas.putRight(0, columns, time, stage.scene().view().time().paused() ? Style.BOLD : Style.PLAIN);
    }

    private static String joined(String... parts) {
        return String.join(
                "  ", List.of(parts).stream().filter(part -> !part.isEmpty()).toList());
    }

    private static int part(Canvas canvas, int at, int end, String text, Style style) {
        return text.isEmpty() || end - at < 5 ? at : canvas.put(0, at + 2, end - at - 2, text, style);
    }

    /** Which moment is shown, and how often it changes. */
    static String time(Scene scene, int columns) {
        if (scene.snapshot().agent().scanning()) {
            return columns < ROOM_FOR_CLOCK
                    ? "scanning"
                    : String.format(
                            Locale.ROOT,
                            "first tick %.1fs",
                            seconds(scene.status().sinceStart()));
        }
        TimeView time = scene.view().time();
        if (time.paused() || !time.back().isZero()) {
            String back = time.back().isZero()
                    ? ""
                    : " -" + Cells.duration(time.back().toSeconds(), 7);
            return (time.paused() ? "PAUSED" : scene.status().source()) + back;
        }
        String tick =
                String.format(Locale.ROOT, "%.1fs", scene.snapshot().agent().tickSeconds());
        return columns < ROOM_FOR_CLOCK
                ? scene.status().source()
                : scene.status().source() + " " + tick + " "
                        + scene.status().clock().format(CLOCK);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static String counts(Stage stage) {
        if (stage.scanning()) {
            Scan scan = stage.snapshot().findings().scan();
            return "scanning: " + scan.processes().read() + " processes, "
                    + scan.listeners().found() + " listeners";
        }
        List<EngineSnapshot> engines = stage.snapshot().engines();
        List<String> parts = new ArrayList<>();
        for (State state : List.of(
                State.READY, State.LOADING, State.SLEEPING, State.BLOCKED, State.UNREACHABLE, State.IDENTIFYING)) {
            long count = engines.stream()
                    .filter(engine -> engine.identity().state() == state)
                    .count();
            if (count > 0) {
                parts.add(count + " " + state.code());
            }
        }
        if (!stage.scene().ghosts().isEmpty()) {
            parts.add(stage.scene().ghosts().size() + " gone");
        }
        String all = engines.isEmpty() ? "no engines" : engines.size() + (engines.size() == 1 ? " engine" : " engines");
        return parts.isEmpty() ? all : all + ": " + String.join(", ", parts);
    }

    private static String filter(Stage stage) {
        String text = stage.scene().view().filter().text();
        return text.isBlank()
                ? ""
                : "filter " + text.strip() + " " + stage.table().engines() + " of "
                        + stage.table().allEngines();
    }

    private static String pressure(Stage stage) {
        List<PressureList.Item> items = stage.pressures().all();
        return items.isEmpty() ? "" : "▲" + items.size() + " " + items.get(0).says();
    }
}
