// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import dev.llmtop.tui.state.Input.Key;
import dev.llmtop.tui.state.Input.Name;
import dev.llmtop.tui.state.Input.Paste;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the user does, as a change of the view. Pure. */
public final class Keys {
    /** What a shell reports of a program that Ctrl-C ended. */
    private static final int INTERRUPTED = 130;

    private Keys() {}

    /** The step that an input leads to from what was seen. */
    public static Step apply(ViewState view, Input input, Shown shown) {
        ViewState fresh = view.withNote("");
        if (view.overlay().kind() == Overlay.Kind.COPY) {
            return Step.of(fresh.withOverlay(Overlay.NONE)).with(Effect.Plain.COPIED);
        }
        if (input instanceof Key key && key.name() == Name.ALT && !PromptKeys.edits(fresh, key)) {
            return escapeThen(fresh, key.text(), shown);
        }
        if (input instanceof Input.Mouse mouse) {
            return MouseKeys.apply(fresh, mouse, shown);
        }
        if (fresh.prompt().isPresent()) {
            return PromptKeys.apply(fresh, fresh.prompt().get(), input, shown);
        }
        if (input instanceof Paste paste) {
            return Step.note(fresh, paste.text().length() + " pasted characters ignored: / or : takes text");
        }
        return input instanceof Key key ? key(fresh, key, shown) : Step.of(fresh);
    }

    /** Alt is how terminals tell of Esc and a key that came at once, as a script presses them. */
    private static Step escapeThen(ViewState view, String character, Shown shown) {
        Step back = apply(view, Key.of(Name.ESCAPE), shown);
        Step next = apply(back.view(), Key.of(character), shown);
        List<Effect> effects = new ArrayList<>(back.effects());
        effects.addAll(next.effects());
        return new Step(next.view(), effects);
    }

    /** A key that is a command. */
    static Step key(ViewState view, Key key, Shown shown) {
        return ends(view, key)
                .or(() -> view.overlay().kind() == Overlay.Kind.NONE
                        ? MainKeys.apply(view, key, shown)
                        : OverlayKeys.apply(view, key, shown))
                .or(() -> CommonKeys.apply(view, key, shown))
                .orElseGet(() -> unknown(view, key));
    }

    /** Ctrl-C, Ctrl-Z and Ctrl-L mean the same wherever they are pressed. */
    private static Optional<Step> ends(ViewState view, Key key) {
        if (key.equals(Key.control('c'))) {
            return Optional.of(Step.of(view).with(new Effect.Quit(INTERRUPTED)));
        }
        if (key.equals(Key.control('z'))) {
            return Optional.of(Step.of(view).with(Effect.Plain.SUSPEND));
        }
        if (key.equals(Key.control('l'))) {
            return Optional.of(Step.of(view).with(Effect.Plain.REDRAW));
        }
        return key.equals(Key.of("q")) || key.name() == Name.F10
                ? Optional.of(Step.of(view).with(new Effect.Quit(0)))
                : Optional.empty();
    }

    private static Step unknown(ViewState view, Key key) {
        if (key.name() == Name.F9) {
            return Step.note(view, "read-only: llmtop stops, loads, unloads and prompts no engine");
        }
        String name = switch (key.name()) {
            case CHARACTER -> key.text().equals(" ") ? "Space" : key.text();
            case CONTROL -> "Ctrl-" + key.text().toUpperCase(java.util.Locale.ROOT);
            case ALT -> "Alt-" + key.text();
            case OTHER -> "that key";
            default -> word(key.name());
        };
        return Step.note(view, name + " does nothing here; ? shows the keys");
    }

    private static String word(Name name) {
        String lower = name.name().replace("_", "-");
        return lower.startsWith("F") && lower.length() <= 3
                ? lower
                : lower.charAt(0) + lower.substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
