// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.cell.Target;
import java.util.List;

/** The last row: what the keys do, as buttons. */
final class KeyRow {
    /** A key and what it does. */
    record Key(String key, String does) {}

    private static final List<Key> MAIN = List.of(
            new Key("Enter", "details"),
            new Key("/", "filter"),
            new Key("s", "sort"),
            new Key("t", "tree"),
            new Key("p", "pause"),
            new Key("y", "why"),
            new Key(":", "cmd"),
            new Key("?", "help"),
            new Key("q", "quit"));

    /** What {@code p} does while the screen stands still. */
    private static final Key LIVE = new Key("p", "live");

    /** The last to go when the width shrinks. */
    private static final List<String> KEPT = List.of("?", "q", "Enter");

    private KeyRow() {}

    static void draw(Canvas canvas, Stage stage) {
        String note = stage.scene().view().note();
        if (!note.isEmpty()) {
            canvas.put(0, 0, canvas.size().columns(), note, Style.BOLD);
            return;
        }
        boolean paused = stage.scene().view().time().paused();
        draw(
                canvas,
                MAIN.stream()
                        .map(key -> paused && key.key().equals("p") ? LIVE : key)
                        .toList());
    }

    /** Keys while there is room; help and quit stay longest. */
    static void draw(Canvas canvas, List<Key> keys) {
        int columns = canvas.size().columns();
        int kept = keys.stream()
                .filter(key -> KEPT.contains(key.key()))
                .mapToInt(key -> cells(canvas, key))
                .sum();
        int room = columns - kept + 2;
        int at = 0;
        for (Key key : keys) {
            int cells = cells(canvas, key);
            if (!KEPT.contains(key.key())) {
                if (cells > room) {
                    continue;
                }
                room -= cells;
            }
            if (at + cells - 2 > columns) {
                break;
            }
            int end = canvas.put(0, at, key.key(), Style.BOLD);
            end = canvas.put(0, end, " " + key.does(), Style.PLAIN);
            canvas.target(0, at, end - at, new Target(Target.Kind.KEY, key.key()));
            at = end + 2;
        }
    }

    private static int cells(Canvas canvas, Key key) {
        return canvas.width(key.key()) + 1 + canvas.width(key.does()) + 2;
    }
}
