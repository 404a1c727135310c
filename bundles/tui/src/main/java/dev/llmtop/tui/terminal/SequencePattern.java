// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import static java.util.Map.entry;

import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.input.CharacterPattern;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import com.googlecode.lanterna.input.MouseAction;
import com.googlecode.lanterna.input.MouseActionType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every escape sequence that a terminal may send, in place of Lanterna's own patterns: those let an unknown sequence fall apart into
 * Esc and letters, which here would be commands; and they take the first mouse button for the second. Source of the grammar:
 * ECMA-48, section 5.4; of the codes: xterm's ctlseqs.
 */
final class SequencePattern implements CharacterPattern {
    private static final char ESCAPE = '\u001b';
    private static final int LONGEST = 48;
    private static final int LONGEST_STRING = 1_024;

    private static final Map<Character, KeyType> BY_FINAL = Map.ofEntries(
            entry('A', KeyType.ArrowUp),
            entry('B', KeyType.ArrowDown),
            entry('C', KeyType.ArrowRight),
            entry('D', KeyType.ArrowLeft),
            entry('H', KeyType.Home),
            entry('F', KeyType.End),
            entry('P', KeyType.F1),
            entry('Q', KeyType.F2),
            entry('R', KeyType.F3),
            entry('S', KeyType.F4),
            entry('Z', KeyType.ReverseTab));

    private static final Map<Integer, KeyType> BY_NUMBER = Map.ofEntries(
            entry(1, KeyType.Home),
            entry(2, KeyType.Insert),
            entry(3, KeyType.Delete),
            entry(4, KeyType.End),
            entry(5, KeyType.PageUp),
            entry(6, KeyType.PageDown),
            entry(7, KeyType.Home),
            entry(8, KeyType.End),
            entry(11, KeyType.F1),
            entry(12, KeyType.F2),
            entry(13, KeyType.F3),
            entry(14, KeyType.F4),
            entry(15, KeyType.F5),
            entry(17, KeyType.F6),
            entry(18, KeyType.F7),
            entry(19, KeyType.F8),
            entry(20, KeyType.F9),
            entry(21, KeyType.F10),
            entry(23, KeyType.F11),
            entry(24, KeyType.F12));

    @Override
    public @Nullable Matching match(List<Character> sequence) {
        if (sequence.get(0) != ESCAPE) {
            return null;
        }
        int size = sequence.size();
        if (size == 1) {
            return Matching.NOT_YET;
        }
        return switch (sequence.get(1)) {
            case '[' -> control(sequence, size);
            case 'O' -> shift(sequence, size);
            case ']', 'P', '_', '^' -> string(sequence, size);
            default -> null;
        };
    }

    /** {@code ESC [}, parameters, intermediates, one final character. */
    private static @Nullable Matching control(List<Character> sequence, int size) {
        if (size == 2) {
            return Matching.NOT_YET;
        }
        char last = sequence.get(size - 1);
        if (size == 4 && sequence.get(2) == '[') {
            // The Linux console's F1 to F5.
            return new Matching(
                    last == 'C'
                            ? new KeyStroke.RealF3()
                            : new KeyStroke(last >= 'A' && last <= 'E' ? functionKey(last - 'A') : KeyType.Unknown));
        }
        if (last < ' ' || last > '~' || size > LONGEST) {
            return null;
        }
        if (last < '@' || size == 3 && last == '[') {
            return Matching.NOT_YET;
        }
        return new Matching(meaning(text(sequence, 2, size - 1), last));
    }

    private static KeyType functionKey(int index) {
        return List.of(KeyType.F1, KeyType.F2, KeyType.F3, KeyType.F4, KeyType.F5)
                .get(index);
    }

    private static Matching shift(List<Character> sequence, int size) {
        if (size == 2) {
            return Matching.NOT_YET;
        }
        char last = sequence.get(size - 1);
        if (Character.isDigit(last) && size < LONGEST) {
            return Matching.NOT_YET;
        }
        if (last == 'R') {
            // Any other F3 Lanterna takes for the answer where the cursor is.
            return new Matching(new KeyStroke.RealF3());
        }
        KeyType type = last == 'M' ? KeyType.Enter : BY_FINAL.getOrDefault(last, KeyType.Unknown);
        return new Matching(new KeyStroke(type));
    }

    /** What a terminal reports as a string is an answer to a question that nobody asked. */
    private static @Nullable Matching string(List<Character> sequence, int size) {
        char last = sequence.get(size - 1);
        boolean over = last == '\u0007' || last == '\\' && sequence.get(size - 2) == ESCAPE;
        if (over && size > 2) {
            return new Matching(new KeyStroke(KeyType.Unknown));
        }
        return size > LONGEST_STRING || last < ' ' && last != ESCAPE ? null : Matching.NOT_YET;
    }

    private static KeyStroke meaning(String parameters, char last) {
        if (parameters.startsWith("<") && (last == 'M' || last == 'm')) {
            return mouse(parameters.substring(1).split(";", -1), last == 'M');
        }
        String[] numbers = parameters.split(";", -1);
        int first = number(numbers[0]);
        if (last == '~' && (first == 200 || first == 201)) {
            return new PasteMark(first == 200);
        }
        KeyType type = last == '~' ? BY_NUMBER.get(first) : BY_FINAL.get(last);
        if (type == null) {
            return new KeyStroke(KeyType.Unknown);
        }
        if (type == KeyType.F3) {
            return last == 'R' ? new KeyStroke(KeyType.Unknown) : new KeyStroke.RealF3();
        }
        int modifiers = numbers.length > 1 ? number(numbers[1]) - 1 : 0;
        return new KeyStroke(type, (modifiers & 4) != 0, (modifiers & 2) != 0, (modifiers & 1) != 0);
    }

    /** Mouse mode 1006: button, column, row; the wheel is buttons 64 and 65. */
    private static KeyStroke mouse(String[] numbers, boolean pressed) {
        if (numbers.length != 3 || number(numbers[1]) < 1 || number(numbers[2]) < 1) {
            return new KeyStroke(KeyType.Unknown);
        }
        int code = number(numbers[0]);
        boolean wheel = (code & 64) != 0;
        int button = wheel ? 4 + (code & 1) : 1 + (code & 3);
        MouseActionType action = (code & 32) != 0
                ? MouseActionType.DRAG
                : !pressed
                        ? MouseActionType.CLICK_RELEASE
                        : wheel && button == 4
                                ? MouseActionType.SCROLL_UP
                                : wheel ? MouseActionType.SCROLL_DOWN : MouseActionType.CLICK_DOWN;
        return new MouseAction(action, button, new TerminalPosition(number(numbers[1]) - 1, number(numbers[2]) - 1));
    }

    /** -1 for what is no number of at most 5 digits. */
    private static int number(String digits) {
        return digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : -1;
    }

    private static String text(List<Character> sequence, int from, int to) {
        StringBuilder text = new StringBuilder();
        sequence.subList(from, to).forEach(text::append);
        return text.toString();
    }
}
