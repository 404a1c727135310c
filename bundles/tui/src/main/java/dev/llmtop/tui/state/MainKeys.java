// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import dev.llmtop.tui.state.Input.Key;
import dev.llmtop.tui.state.Input.Name;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keys of the main screen: moving about, opening, sorting, parts. */
final class MainKeys {
    private MainKeys() {}

    static Optional<Step> apply(ViewState view, Key key, Shown shown) {
        return moved(view, key, shown)
                .or(() -> opened(view, key, shown))
                .or(() -> TableKeys.apply(view, key, shown))
                .or(() -> part(view, key));
    }

    private static Optional<Step> moved(ViewState view, Key key, Shown shown) {
        return switch (key.name()) {
            case UP -> Optional.of(row(view, -1, shown));
            case DOWN -> Optional.of(row(view, 1, shown));
            case PAGE_UP -> Optional.of(row(view, -shown.page(), shown));
            case PAGE_DOWN -> Optional.of(row(view, shown.page(), shown));
            case HOME -> Optional.of(row(view, -shown.rows().size(), shown));
            case END -> Optional.of(row(view, shown.rows().size(), shown));
            case LEFT -> Optional.of(column(view, -1));
            case RIGHT -> Optional.of(column(view, 1));
            case TAB -> Optional.of(pane(view, 1));
            case BACK_TAB -> Optional.of(pane(view, -1));
            case CHARACTER -> movedByLetter(view, key.text(), shown);
            default -> Optional.empty();
        };
    }

    private static Optional<Step> movedByLetter(ViewState view, String letter, Shown shown) {
        return switch (letter) {
            case "k" -> Optional.of(row(view, -1, shown));
            case "j" -> Optional.of(row(view, 1, shown));
            case "g" -> Optional.of(row(view, -shown.rows().size(), shown));
            case "G" -> Optional.of(row(view, shown.rows().size(), shown));
            case "h" -> Optional.of(column(view, -1));
            case "l" -> Optional.of(column(view, 1));
            default -> Optional.empty();
        };
    }

    /** Moves the selection, to an end of the table at most. */
    static Step row(ViewState view, int by, Shown shown) {
        List<RowId> rows = shown.rows();
        if (rows.isEmpty()) {
            return Step.note(view, "no row to go to");
        }
        int from = shown.place(view.selection()).orElse(0);
        int to = Math.max(0, Math.min(rows.size() - 1, from + by));
        if (to == from && by != 0 && rows.size() == 1) {
            return Step.note(view.withSelection(Optional.of(rows.get(to))), "there is no other row");
        }
        return Step.of(view.withSelection(Optional.of(rows.get(to))));
    }

    private static Step column(ViewState view, int by) {
        List<Column> columns = Column.displayOrder();
        int from = Math.max(0, columns.indexOf(view.table().focus()));
        int to = Math.max(0, Math.min(columns.size() - 1, from + by));
        return to == from
                ? Step.note(view, "there is no column further on")
                : Step.of(view.withTable(table -> table.withFocus(columns.get(to))));
    }

    private static Step pane(ViewState view, int by) {
        Pane[] panes = Pane.values();
        int to = Math.floorMod(view.pane().ordinal() + by, panes.length);
        while (isHidden(panes[to], view.look().hidden())) {
            to = Math.floorMod(to + by, panes.length);
        }
        return Step.of(view.withPane(panes[to]));
    }

    private static boolean isHidden(Pane pane, Set<Part> hidden) {
        return switch (pane) {
            case TABLE -> false;
            case GRAPHS -> hidden.contains(Part.GRAPHS);
            case EVENTS -> hidden.contains(Part.EVENTS);
            case INSPECTOR -> hidden.contains(Part.INSPECTOR);
        };
    }

    private static Optional<Step> opened(ViewState view, Key key, Shown shown) {
        if (key.name() == Name.ENTER) {
            return Optional.of(open(view));
        }
        if (key.name() == Name.ESCAPE) {
            return Optional.of(back(view));
        }
        return key.equals(Key.of(" ")) ? Optional.of(fold(view, shown)) : Optional.empty();
    }

    /** Opens what the focus is on. */
    static Step open(ViewState view) {
        return switch (view.pane()) {
            case TABLE -> details(view, 1);
            case GRAPHS -> details(view, 2);
            case EVENTS -> Step.of(view.withOverlay(Overlay.of(Overlay.Kind.EVENTS)));
            case INSPECTOR -> CommonKeys.aboutRow(view, Overlay.Kind.WHY);
        };
    }

    private static Step details(ViewState view, int tab) {
        return view.selection().isEmpty()
                ? Step.note(view, "no engine is selected")
                : Step.of(view.withOverlay(new Overlay(Overlay.Kind.DETAILS, tab, 0, "")));
    }

    /** Esc takes back the last thing that is in the way: the focus, the filter, the past. */
    private static Step back(ViewState view) {
        if (view.pane() != Pane.TABLE) {
            return Step.of(view.withPane(Pane.TABLE));
        }
        if (!view.filter().text().isEmpty()) {
            return Step.note(view.withFilter(Filter.ALL), "filter off");
        }
        return view.time().paused()
                ? Step.note(view, "live again").with(Effect.Plain.LIVE)
                : Step.note(view, "nothing to go back from; q quits");
    }

    private static Step fold(ViewState view, Shown shown) {
        Optional<RowId> row = view.selection();
        if (row.isEmpty() || view.table().sort().isPresent()) {
            return Step.note(view, "only a tree folds; t makes one");
        }
        // On a model's row its engine folds.
        RowId engine = RowId.of(row.get().engine());
        if (!shown.opening().contains(engine) && row.get().model().isEmpty()) {
            return Step.note(view, "nothing lies below this row");
        }
        Set<String> folded = new HashSet<>(view.table().folded());
        if (!folded.remove(engine.engine())) {
            folded.add(engine.engine());
        }
        return Step.of(view.withTable(table -> table.withFolded(folded)).withSelection(Optional.of(engine)));
    }

    private static Optional<Step> part(ViewState view, Key key) {
        if (key.name() != Name.CHARACTER || !key.text().matches("[1-6]")) {
            return Optional.empty();
        }
        Part part = Part.values()[key.text().charAt(0) - '1'];
        Set<Part> hidden = new HashSet<>(view.look().hidden());
        boolean shows = hidden.remove(part);
        if (!shows) {
            hidden.add(part);
        }
        Look look = view.look();
        String name = part.name().toLowerCase(java.util.Locale.ROOT);
        ViewState changed = view.withLook(new Look(look.theme(), look.ascii(), hidden));
        ViewState focused = isHidden(changed.pane(), hidden) ? changed.withPane(Pane.TABLE) : changed;
        return Optional.of(Step.note(focused, shows ? name + " shown where there is room" : name + " hidden")
                .with(Effect.Plain.KEEP_SETTINGS));
    }
}
