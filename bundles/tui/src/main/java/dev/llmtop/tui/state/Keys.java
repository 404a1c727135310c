// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import dev.llmtop.tui.state.Input.Key;
import dev.llmtop.tui.state.Input.Name;

/** What the user does, as a change of the view. Pure. */
public final class Keys {
    private Keys() {}

    /** The step that an input leads to from what was seen. */
    public static Step apply(ViewState view, Input input, Shown shown) {
        if (input instanceof Key key) {
            if (key.equals(Key.control('z'))) {
                return Step.of(view).with(Effect.Plain.SUSPEND);
            }
            if (key.equals(Key.control('c'))) {
                return Step.of(view).with(new Effect.Quit(130));
            }
            if (key.equals(Key.of("q")) || key.name() == Name.F10) {
                return Step.of(view).with(new Effect.Quit(0));
            }
        }
        return Step.note(view, input.toString());
    }
}
