// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the user did at the terminal. */
public sealed interface Input {
    /**
     * A key.
     *
     * @param text the character of CHARACTER and ALT, the lower-case letter of CONTROL; else empty
     */
    record Key(Name name, String text) implements Input {
        /** What the footer and the help call a key, where it is no single character. */
        private static final Map<String, Name> WORDS = Map.of(
                "enter", Name.ENTER,
                "esc", Name.ESCAPE,
                "tab", Name.TAB,
                "space", Name.CHARACTER,
                "pgup", Name.PAGE_UP,
                "pgdn", Name.PAGE_DOWN,
                "home", Name.HOME,
                "end", Name.END);

        /** A character key. */
        public static Key of(String character) {
            return new Key(Name.CHARACTER, character);
        }

        /** A key without a character. */
        public static Key of(Name name) {
            return new Key(name, "");
        }

        /** A key held with Ctrl. */
        public static Key control(char letter) {
            return new Key(Name.CONTROL, String.valueOf(letter));
        }

        /** The key that the footer or the help calls so; empty for what names none. */
        public static Optional<Key> called(String word) {
            String lower = word.toLowerCase(Locale.ROOT);
            if (word.codePointCount(0, word.length()) == 1) {
                return Optional.of(of(word));
            }
            if (lower.equals("space")) {
                return Optional.of(of(" "));
            }
            if (lower.matches("ctrl-[a-z]")) {
                return Optional.of(control(lower.charAt(5)));
            }
            if (lower.matches("f([1-9]|1[0-2])")) {
                return Optional.of(of(Name.valueOf(word.toUpperCase(Locale.ROOT))));
            }
            return Optional.ofNullable(WORDS.get(lower)).map(Key::of);
        }
    }

    /** Which key. */
    enum Name {
        CHARACTER,
        CONTROL,
        ALT,
        ENTER,
        ESCAPE,
        TAB,
        BACK_TAB,
        BACKSPACE,
        DELETE,
        UP,
        DOWN,
        LEFT,
        RIGHT,
        PAGE_UP,
        PAGE_DOWN,
        HOME,
        END,
        F1,
        F2,
        F3,
        F4,
        F5,
        F6,
        F7,
        F8,
        F9,
        F10,
        F11,
        F12,
        OTHER
    }

    /**
     * Text that was pasted, or that came faster than anybody types.
     *
     * @param text as it came, line ends and control characters included
     */
    record Paste(String text) implements Input {}

    /**
     * The mouse.
     *
     * @param row of the cell, from 0
     * @param column of the cell, from 0
     */
    record Mouse(Action action, int row, int column) implements Input {
        /** What it did. */
        public enum Action {
            CLICK,
            WHEEL_UP,
            WHEEL_DOWN
        }
    }
}
