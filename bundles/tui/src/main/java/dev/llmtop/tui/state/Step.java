// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import java.util.ArrayList;
import java.util.List;

/**
 * What a key leads to.
 *
 * @param view from now on
 * @param effects in their order
 */
public record Step(ViewState view, List<Effect> effects) {
    public Step {
        effects = List.copyOf(effects);
    }

    /** A change of the view alone. */
    public static Step of(ViewState view) {
        return new Step(view, List.of());
    }

    /** Nothing but a line for the user. */
    static Step note(ViewState view, String note) {
        return of(view.withNote(note));
    }

    /** The same with an effect more. */
    Step with(Effect effect) {
        List<Effect> more = new ArrayList<>(effects);
        more.add(effect);
        return new Step(view, more);
    }
}
