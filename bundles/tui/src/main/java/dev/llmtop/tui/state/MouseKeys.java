// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import dev.llmtop.tui.cell.Target;
import dev.llmtop.tui.state.Input.Key;
import dev.llmtop.tui.state.Input.Mouse;
import java.util.Optional;

/** Clicks and the wheel, by what was drawn where. */
final class MouseKeys {
    private static final int WHEEL = 3;

    private MouseKeys() {}

    static Step apply(ViewState view, Mouse mouse, Shown shown) {
        return switch (mouse.action()) {
            case WHEEL_UP -> wheel(view, -1, shown);
            case WHEEL_DOWN -> wheel(view, 1, shown);
            case CLICK -> click(view, mouse, shown);
        };
    }

    private static Step wheel(ViewState view, int direction, Shown shown) {
        if (view.overlay().kind() == Overlay.Kind.COMMAND) {
            return PromptKeys.output(view, -direction * WHEEL);
        }
        return view.overlay().kind() == Overlay.Kind.NONE
                ? MainKeys.row(view, direction, shown)
                : OverlayKeys.scroll(view, direction * WHEEL, shown.overlay());
    }

    private static Step click(ViewState view, Mouse mouse, Shown shown) {
        boolean inside = mouse.row() < shown.frame().size().rows()
                && mouse.column() < shown.frame().size().columns();
        return (inside ? shown.frame().target(mouse.row(), mouse.column()) : Optional.<Target>empty())
                .map(target -> hit(view, target, shown))
                .orElseGet(() -> Step.of(view));
    }

    private static Step hit(ViewState view, Target target, Shown shown) {
        return switch (target.kind()) {
            case ROW -> row(view, RowId.parse(target.value()));
            case COLUMN -> column(view, target.value());
            case TAB -> tab(view, target.value());
            case PANE -> pane(view, target.value());
            case KEY ->
                Key.called(target.value())
                        .map(key -> view.prompt().isPresent()
                                ? PromptKeys.apply(view, view.prompt().get(), key, shown)
                                : Keys.key(view, key, shown))
                        .orElseGet(() -> Step.of(view));
        };
    }

    /** Selects; a second time opens. */
    private static Step row(ViewState view, RowId row) {
        ViewState onTable = view.withPane(Pane.TABLE);
        return view.selection().equals(Optional.of(row))
                ? MainKeys.open(onTable)
                : Step.of(onTable.withSelection(Optional.of(row)));
    }

    private static Step column(ViewState view, String name) {
        for (Column column : Column.values()) {
            if (column.name().equals(name)) {
                return TableKeys.sortByFocus(view.withTable(table -> table.withFocus(column)));
            }
        }
        return Step.of(view);
    }

    private static Step tab(ViewState view, String number) {
        return number.matches("[1-5]") && view.overlay().kind() == Overlay.Kind.DETAILS
                ? OverlayKeys.tab(view, number.charAt(0) - '0')
                : Step.of(view);
    }

    private static Step pane(ViewState view, String name) {
        for (Pane pane : Pane.values()) {
            if (pane.name().equals(name)) {
                return view.pane() == pane ? MainKeys.open(view) : Step.of(view.withPane(pane));
            }
        }
        return Step.of(view);
    }
}
