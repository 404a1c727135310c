// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import dev.llmtop.model.Snapshot.Event;
import dev.llmtop.tui.state.Input.Key;
import dev.llmtop.tui.state.Input.Name;
import dev.llmtop.tui.state.Shown.OverlayText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Keys while something lies over the main screen: scrolling, tabs, finding, closing. */
final class OverlayKeys {
    private static final int TABS = 5;

    private OverlayKeys() {}

    static Optional<Step> apply(ViewState view, Key key, Shown shown) {
        return scrolled(view, key, shown).or(() -> tab(view, key)).or(() -> other(view, key, shown));
    }

    private static Optional<Step> scrolled(ViewState view, Key key, Shown shown) {
        OverlayText text = shown.overlay();
        String letter = key.text();
        int page = Math.max(1, text.page() - 1);
        return switch (key.name()) {
            case UP -> Optional.of(scroll(view, -1, text));
            case DOWN -> Optional.of(scroll(view, 1, text));
            case PAGE_UP -> Optional.of(scroll(view, -page, text));
            case PAGE_DOWN -> Optional.of(scroll(view, page, text));
            case HOME -> Optional.of(scroll(view, -text.lines().size(), text));
            case END -> Optional.of(scroll(view, text.lines().size(), text));
            case CHARACTER ->
                switch (letter) {
                    case "k" -> Optional.of(scroll(view, -1, text));
                    case "j" -> Optional.of(scroll(view, 1, text));
                    case "g" -> Optional.of(scroll(view, -text.lines().size(), text));
                    case "G" -> Optional.of(scroll(view, text.lines().size(), text));
                    case " " -> Optional.of(scroll(view, page, text));
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    /** Scrolls, to an end of the text at most. */
    static Step scroll(ViewState view, int by, OverlayText text) {
        Overlay overlay = view.overlay();
        // In the list of events each line can be chosen, the last one too.
        int most =
                overlay.kind() == Overlay.Kind.EVENTS ? Math.max(0, text.lines().size() - 1) : text.mostScroll();
        int to = Math.max(0, Math.min(most, overlay.scroll() + by));
        return Step.of(view.withOverlay(new Overlay(overlay.kind(), overlay.tab(), to, overlay.find())));
    }

    private static Optional<Step> tab(ViewState view, Key key) {
        if (view.overlay().kind() != Overlay.Kind.DETAILS) {
            return Optional.empty();
        }
        int now = view.overlay().tab();
        return switch (key.name()) {
            case TAB, RIGHT -> Optional.of(tab(view, now % TABS + 1));
            case BACK_TAB, LEFT -> Optional.of(tab(view, (now + TABS - 2) % TABS + 1));
            case CHARACTER ->
                switch (key.text()) {
                    case "1", "2", "3", "4", "5" ->
                        Optional.of(tab(view, key.text().charAt(0) - '0'));
                    case "l" -> Optional.of(tab(view, now % TABS + 1));
                    case "h" -> Optional.of(tab(view, (now + TABS - 2) % TABS + 1));
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    /** Shows a tab of the details from its beginning. */
    static Step tab(ViewState view, int tab) {
        return Step.of(view.withOverlay(
                new Overlay(Overlay.Kind.DETAILS, tab, 0, view.overlay().find())));
    }

    private static Optional<Step> other(ViewState view, Key key, Shown shown) {
        if (key.name() == Name.ESCAPE || key.name() == Name.BACKSPACE) {
            return Optional.of(Step.of(view.withOverlay(Overlay.NONE)));
        }
        if (key.name() == Name.ENTER) {
            return Optional.of(entered(view, shown));
        }
        if (key.name() == Name.F3 || key.equals(Key.of("/"))) {
            return Optional.of(Step.of(view.withPrompt(
                    Optional.of(Prompt.begin(Prompt.Kind.FIND, view.overlay().find())))));
        }
        if (key.equals(Key.of("n")) || key.equals(Key.of("N"))) {
            return Optional.of(find(view, key.text().equals("n") ? 1 : -1, shown.overlay()));
        }
        return closes(view, key) ? Optional.of(Step.of(view.withOverlay(Overlay.NONE))) : Optional.empty();
    }

    /** The key that opened it closes it as well. */
    private static boolean closes(ViewState view, Key key) {
        return switch (view.overlay().kind()) {
            case HELP -> key.equals(Key.of("?")) || key.name() == Name.F1;
            case WHY -> key.equals(Key.of("y"));
            case EVIDENCE -> key.equals(Key.of("e"));
            case EVENTS -> key.equals(Key.of("E"));
            case MEMORY -> key.equals(Key.of("m"));
            case ASKED -> key.equals(Key.of("d"));
            case DETAILS, COMMAND, COPY, NONE -> false;
        };
    }

    private static Step entered(ViewState view, Shown shown) {
        if (view.overlay().kind() != Overlay.Kind.EVENTS) {
            return view.overlay().kind() == Overlay.Kind.DETAILS
                    ? Step.note(view, "nothing opens further; 1 to 5 are the tabs")
                    : Step.of(view.withOverlay(Overlay.NONE));
        }
        List<Event> events = shown.events();
        int chosen = events.size() - 1 - view.overlay().scroll();
        if (chosen < 0) {
            return Step.note(view, "no event to go to");
        }
        Event event = events.get(chosen);
        ViewState there = event.engine().isPresent()
                ? view.withSelection(event.engine().map(engine -> new RowId(engine, event.model())))
                : view;
        return Step.note(there.withOverlay(Overlay.NONE), "as it was then; p goes on live")
                .with(new Effect.GoTo(event.time()));
    }

    /** Scrolls to the next line that has the text, round the whole. */
    static Step find(ViewState view, int by, OverlayText text) {
        Overlay overlay = view.overlay();
        String wanted = overlay.find().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            return Step.note(view, "/ says what to find");
        }
        int lines = text.lines().size();
        for (int away = 1; away <= lines; away++) {
            int line = Math.floorMod(overlay.scroll() + away * by, lines);
            if (text.lines().get(line).toLowerCase(Locale.ROOT).contains(wanted)) {
                int to = Math.min(line, text.mostScroll());
                return Step.of(view.withOverlay(new Overlay(overlay.kind(), overlay.tab(), to, overlay.find())));
            }
        }
        return Step.note(view, "not found: " + overlay.find());
    }
}
