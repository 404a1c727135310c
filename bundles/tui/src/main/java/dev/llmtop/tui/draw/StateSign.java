// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.model.ModelState;
import dev.llmtop.model.State;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.table.TableRow;

/** The sign of what a row's engine or model is doing. */
final class StateSign {
    private StateSign() {}

    /** A sign and how it looks. */
    record Sign(String text, Style style) {}

    static Sign of(TableRow row) {
        if (row.gone().isPresent()) {
            return of(State.UNREACHABLE);
        }
        State engine = row.engine().identity().state();
        return row.model().map(model -> of(model.state(), engine)).orElseGet(() -> of(engine));
    }

    /** Of an engine. */
    static Sign of(State state) {
        return switch (state) {
            case READY -> new Sign("●", Style.PLAIN);
            case LOADING -> new Sign("◐", Style.PLAIN);
            case SLEEPING -> new Sign("z", Style.PLAIN);
            case BLOCKED -> new Sign("#", Style.PLAIN);
            case UNREACHABLE -> new Sign("!", Style.BOLD);
            case IDENTIFYING -> new Sign("◌", Style.PLAIN);
        };
    }

    private static Sign of(ModelState state, State engine) {
        return switch (state) {
            case LOADED -> of(engine == State.UNREACHABLE ? engine : State.READY);
            case LOADING -> of(State.LOADING);
            case SLEEPING -> of(State.SLEEPING);
            case AVAILABLE, REMOTE -> new Sign("○", Style.PLAIN);
        };
    }
}
