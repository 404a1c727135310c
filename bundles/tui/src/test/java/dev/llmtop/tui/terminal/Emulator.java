// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import dev.llmtop.tui.cell.TextWidth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal of a size that understands what {@link FrameWriter} writes, and nothing else. */
final class Emulator {
    private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[([?0-9;]*)([A-Za-z])");

    private final String[][] texts;
    private final String[][] styles;
    private String style = "0";
    private int row;
    private int column;

    Emulator(int columns, int rows) {
        texts = new String[rows][columns];
        styles = new String[rows][columns];
        clear();
    }

    private void clear() {
        for (int at = 0; at < texts.length; at++) {
            Arrays.fill(texts[at], " ");
            Arrays.fill(styles[at], "0");
        }
    }

    void take(String bytes) {
        Matcher sequence = SEQUENCE.matcher(bytes);
        for (int at = 0; at < bytes.length(); ) {
            if (bytes.charAt(at) == '\u001b') {
                if (!sequence.find(at) || sequence.start() != at) {
                    throw new IllegalArgumentException("no sequence at " + at);
                }
                act(sequence.group(1), sequence.group(2).charAt(0));
                at = sequence.end();
            } else {
                int point = bytes.codePointAt(at);
                print(Character.toString(point), TextWidth.of(point));
                at += Character.charCount(point);
            }
        }
    }

    private void act(String numbers, char what) {
        switch (what) {
            case 'H' -> {
                String[] place = numbers.split(";", -1);
                row = Integer.parseInt(place[0]) - 1;
                column = Integer.parseInt(place[1]) - 1;
            }
            case 'J' -> clear();
            case 'K' -> {
                for (int at = column; at < texts[row].length; at++) {
                    put(at, " ");
                }
            }
            case 'm' -> style = numbers;
            default -> throw new IllegalArgumentException("no sequence ending in " + what);
        }
    }

    private void print(String text, int width) {
        if (width == 0) {
            texts[row][Math.max(0, column - 1)] += text;
            return;
        }
        put(column, text);
        if (width == 2) {
            put(column + 1, "");
        }
        column += width;
    }

    /** As terminals do, half of a wide character that is written over leaves a blank. */
    private void put(int at, String text) {
        if (texts[row][at].isEmpty() && at > 0 && !text.isEmpty()) {
            texts[row][at - 1] = " ";
        }
        if (at + 1 < texts[row].length && texts[row][at + 1].isEmpty()) {
            texts[row][at + 1] = " ";
        }
        texts[row][at] = text;
        styles[row][at] = style;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String[] cells : texts) {
            lines.add(String.join("", cells).stripTrailing());
        }
        return lines;
    }

    String style(int atRow, int atColumn) {
        return styles[atRow][atColumn];
    }
}
