// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import com.googlecode.lanterna.input.MouseAction;
import com.googlecode.lanterna.input.MouseActionType;
import dev.llmtop.tui.state.Input;
import dev.llmtop.tui.state.Input.Key;
import dev.llmtop.tui.state.Input.Mouse;
import dev.llmtop.tui.state.Input.Name;
import dev.llmtop.tui.state.Input.Paste;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Lanterna's keys as ours: halves of a character joined, pastes as one, what means nothing here left out. */
final class Keyboard {
    private static final int LONGEST_PASTE = 65_536;

    private static final Map<KeyType, Name> NAMES = Map.ofEntries(
            Map.entry(KeyType.Escape, Name.ESCAPE),
            Map.entry(KeyType.Backspace, Name.BACKSPACE),
            Map.entry(KeyType.ArrowLeft, Name.LEFT),
            Map.entry(KeyType.ArrowRight, Name.RIGHT),
            Map.entry(KeyType.ArrowUp, Name.UP),
            Map.entry(KeyType.ArrowDown, Name.DOWN),
            Map.entry(KeyType.Delete, Name.DELETE),
            Map.entry(KeyType.Home, Name.HOME),
            Map.entry(KeyType.End, Name.END),
            Map.entry(KeyType.PageUp, Name.PAGE_UP),
            Map.entry(KeyType.PageDown, Name.PAGE_DOWN),
            Map.entry(KeyType.Tab, Name.TAB),
            Map.entry(KeyType.ReverseTab, Name.BACK_TAB),
            Map.entry(KeyType.Enter, Name.ENTER),
            Map.entry(KeyType.F1, Name.F1),
            Map.entry(KeyType.F2, Name.F2),
            Map.entry(KeyType.F3, Name.F3),
            Map.entry(KeyType.F4, Name.F4),
            Map.entry(KeyType.F5, Name.F5),
            Map.entry(KeyType.F6, Name.F6),
            Map.entry(KeyType.F7, Name.F7),
            Map.entry(KeyType.F8, Name.F8),
            Map.entry(KeyType.F9, Name.F9),
            Map.entry(KeyType.F10, Name.F10),
            Map.entry(KeyType.F11, Name.F11),
            Map.entry(KeyType.F12, Name.F12));

    private final Source source;
    private char firstHalf;

    /** Where keys come from: the terminal. */
    @FunctionalInterface
    interface Source {
        KeyStroke readInput() throws IOException;
    }

    Keyboard(Source source) {
        this.source = source;
    }

    /** Waits for the next; empty at the end of the input. */
    Optional<Input> read() throws IOException {
        while (true) {
            KeyStroke stroke = source.readInput();
            if (stroke.getKeyType() == KeyType.EOF) {
                return Optional.empty();
            }
            Optional<Input> input = meaning(stroke);
            if (input.isPresent()) {
                return input;
            }
        }
    }

    private Optional<Input> meaning(KeyStroke stroke) throws IOException {
        if (stroke instanceof PasteMark mark) {
            return mark.begins() ? Optional.of(paste()) : Optional.empty();
        }
        if (stroke instanceof MouseAction mouse) {
            return mouse(mouse);
        }
        if (stroke.getKeyType() == KeyType.Character) {
            return character(stroke);
        }
        return Optional.of(Key.of(NAMES.getOrDefault(stroke.getKeyType(), Name.OTHER)));
    }

    private Optional<Input> character(KeyStroke stroke) {
        char character = stroke.getCharacter();
        if (Character.isHighSurrogate(character)) {
            firstHalf = character;
            return Optional.empty();
        }
        String text = Character.isLowSurrogate(character)
                ? new String(new char[] {firstHalf, character})
                : String.valueOf(character);
        if (stroke.isAltDown()) {
            return Optional.of(new Key(Name.ALT, text));
        }
        return Optional.of(stroke.isCtrlDown() ? Key.control(character) : Key.of(text));
    }

    private static Optional<Input> mouse(MouseAction mouse) {
        int row = mouse.getPosition().getRow();
        int column = mouse.getPosition().getColumn();
        MouseActionType type = mouse.getActionType();
        if (type == MouseActionType.SCROLL_UP || type == MouseActionType.SCROLL_DOWN) {
            boolean up = type == MouseActionType.SCROLL_UP;
            return Optional.of(new Mouse(up ? Mouse.Action.WHEEL_UP : Mouse.Action.WHEEL_DOWN, row, column));
        }
        return type == MouseActionType.CLICK_DOWN && mouse.getButton() == 1
                ? Optional.of(new Mouse(Mouse.Action.CLICK, row, column))
                : Optional.empty();
    }

    /** All until the mark at its end; what is more than anybody wants is dropped. */
    private Paste paste() throws IOException {
        StringBuilder text = new StringBuilder();
        while (true) {
            KeyStroke stroke = source.readInput();
            boolean over = stroke.getKeyType() == KeyType.EOF || stroke instanceof PasteMark mark && !mark.begins();
            if (over) {
                return new Paste(text.toString());
            }
            if (text.length() < LONGEST_PASTE) {
                text.append(characters(stroke));
            }
        }
    }

    private static String characters(KeyStroke stroke) {
        return switch (stroke.getKeyType()) {
            case Character -> stroke.isCtrlDown() ? "" : String.valueOf(stroke.getCharacter());
            case Enter -> "\n";
            case Tab -> "\t";
            default -> "";
        };
    }
}
