// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.cell.Target;
import dev.llmtop.tui.details.DetailPage;
import dev.llmtop.tui.details.Line;
import dev.llmtop.tui.details.Span;
import dev.llmtop.tui.state.Overlay;
import dev.llmtop.tui.state.Prompt;
import dev.llmtop.tui.state.Scene;
import java.util.List;
import java.util.Locale;

/** The details of the selected engine, over the whole screen: a head, five tabs of which one is shown, keys. Pure. */
final class Details {
    /** Rows of the head and of the tabs, above the lines. */
    private static final int ABOVE = 2;

    /** The row of the keys, below them. */
    private static final int BELOW = 1;

    /** Draws the tab that the scene's overlay names; what is scrolled too far stands at the last line. */
    void draw(Canvas canvas, Scene scene) {
        Overlay overlay = scene.view().overlay();
        DetailPage page = DetailPage.of(scene, overlay.tab(), canvas.size().columns());
        head(scene, page, canvas);
        tabs(overlay.tab(), page, canvas);
        int room = room(canvas.size());
        int first = Math.max(0, Math.min(overlay.scroll(), mostScroll(page, canvas.size())));
        for (int row = 0;
                row < room
                        && first + row < page.lines().size()
                        && ABOVE + row < canvas.size().rows();
                row++) {
            line(page.lines().get(first + row), overlay.find(), ABOVE + row, canvas);
        }
        if (canvas.size().rows() > ABOVE + BELOW) {
            foot(scene, page, first, canvas);
        }
    }

    /** All lines of the tab that the scene's overlay names, also those that are scrolled away. */
    static List<String> lines(Scene scene, Size size) {
        return DetailPage.of(scene, scene.view().overlay().tab(), size.columns()).lines().stream()
                .map(Line::text)
                .toList();
    }

    private static int mostScroll(DetailPage page, Size size) {
        return Math.max(0, page.lines().size() - room(size));
    }

    /** Lines that are seen at once. */
    static int room(Size size) {
        return Math.max(1, size.rows() - ABOVE - BELOW);
    }

    private static void head(Scene scene, DetailPage page, Canvas canvas) {
        String name = "llmtop " + scene.snapshot().machine().host().name() + " › ";
        String clock = HeaderRow.time(scene, canvas.size().columns());
        int columns = canvas.size().columns();
        int clockAt = columns - canvas.width(clock);
        int at = canvas.put(0, 0, name, Style.PLAIN);
        canvas.put(0, at, page.name(), Style.BOLD);
        if (clockAt > 0) {
            canvas.fill(0, Math.max(0, clockAt - 1), 1, " ", Style.PLAIN);
            canvas.put(0, clockAt, clock, scene.view().time().paused() ? Style.BOLD : Style.PLAIN);
        }
    }

    private static void tabs(int shown, DetailPage page, Canvas canvas) {
        int at = 0;
        for (int tab = 1; tab <= DetailPage.TABS.size(); tab++) {
            String title = DetailPage.TABS.get(tab - 1);
            boolean active = tab == Math.max(1, Math.min(DetailPage.TABS.size(), shown));
            String text = tab + " " + (active ? title.toUpperCase(Locale.ROOT) : title);
            canvas.target(1, at, text.length(), new Target(Target.Kind.TAB, Integer.toString(tab)));
            at = canvas.put(1, at, text, active ? Style.BOLD : Style.PLAIN) + 2;
        }
        int room = canvas.size().columns() - at;
        if (canvas.width(page.state()) <= room) {
            canvas.putRight(1, canvas.size().columns(), page.state(), Style.PLAIN);
        }
    }

    private static void line(Line line, String find, int row, Canvas canvas) {
        int column = 0;
        for (Span span : line.spans()) {
            column = canvas.put(row, column, span.text(), span.style());
        }
        String text = line.text();
        for (int hit = at(text, find, 0); hit >= 0; hit = at(text, find, hit + find.length())) {
            canvas.reverse(
                    row, canvas.width(text.substring(0, hit)), canvas.width(text.substring(hit, hit + find.length())));
        }
    }

    /** Where a text holds what is looked for, from a place on; -1 for nowhere, also where nothing is looked for. */
    private static int at(String text, String find, int from) {
        for (int at = from; !find.isEmpty() && at + find.length() <= text.length(); at++) {
            if (text.regionMatches(true, at, find, 0, find.length())) {
                return at;
            }
        }
        return -1;
    }

    private static void foot(Scene scene, DetailPage page, int first, Canvas canvas) {
        int row = canvas.size().rows() - 1;
        if (scene.view()
                .prompt()
                .filter(prompt -> prompt.kind() == Prompt.Kind.FIND)
                .isPresent()) {
            Prompt prompt = scene.view().prompt().get();
            canvas.put(row, 0, "/" + prompt.text() + "_  " + prompt.complaint(), Style.PLAIN);
            return;
        }
        int lines = page.lines().size();
        int last = Math.min(lines, first + room(canvas.size()));
        String place = last < lines || first > 0 ? (first + 1) + "-" + last + " of " + lines : "";
        int end = canvas.size().columns() - (place.isEmpty() ? 0 : place.length() + 1);
        if (!scene.view().note().isEmpty()) {
            canvas.part(row, 0, end, 1).put(0, 0, scene.view().note(), Style.BOLD);
        } else {
            keys(row, end, canvas);
        }
        canvas.putRight(row, canvas.size().columns(), place, Style.DIM);
    }

    private static void keys(int row, int end, Canvas canvas) {
        int at = 0;
        for (String key : List.of(
                "Esc back", "1-5 tab", "↑↓ scroll", "/ find", "n N next", "w write", "p pause", "? help", "q quit")) {
            int cells = canvas.width(key);
            if (at + cells > end) {
                return;
            }
            canvas.target(row, at, cells, new Target(Target.Kind.KEY, key.substring(0, key.indexOf(' '))));
            at = canvas.put(row, at, key, Style.PLAIN) + 2;
        }
    }
}
