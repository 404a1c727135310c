// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import dev.llmtop.model.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * What text is written on: how wide, and whether only ASCII may stand there.
 *
 * @param width in cells, at least {@link #NARROWEST}
 * @param ascii whether other characters become {@code ?}
 */
record Page(int width, boolean ascii) {
    /** Where nothing says how wide the output is. */
    static final int USUAL_WIDTH = 80;

    /** Below this a table has no columns worth reading. */
    static final int NARROWEST = 40;

    private static final String ELLIPSIS = "...";

    Page {
        width = Math.max(NARROWEST, width);
    }

    /** Standard output: its width, 0 where it is not known, and ASCII unless it is a terminal that takes UTF-8. */
    static Page of(int columns, boolean terminal) {
        boolean utf8 = "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));
        return new Page(columns > 0 ? columns : USUAL_WIDTH, !(terminal && utf8));
    }

    /** Text as it may stand here: no control characters, in ASCII where asked. */
    String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        Text.clean(text).codePoints().forEach(point -> {
            if (!ascii || point < 0x7f) {
                plain.appendCodePoint(point);
            } else if (cells(point) > 0) {
                plain.append('?');
            }
        });
        return plain.toString();
    }

    /** The cells that a plain text takes. */
    static int cells(String text) {
        return text.codePoints().map(Page::cells).sum();
    }

    /** A plain text in at most {@code most} cells, with an ellipsis where it was cut; a wide character is never split. */
    static String cut(String text, int most) {
        if (cells(text) <= most) {
            return text;
        }
        String mark = most > ELLIPSIS.length() + 1 ? ELLIPSIS : "";
        StringBuilder kept = new StringBuilder();
        int room = most - mark.length();
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            room -= cells(point);
            if (room < 0) {
                break;
            }
            kept.appendCodePoint(point);
            at += Character.charCount(point);
        }
        return kept + mark;
    }

    /** A plain text filled up with blanks to {@code width} cells. */
    static String fill(String text, int width, boolean right) {
        String blanks = " ".repeat(Math.max(0, width - cells(text)));
        return right ? blanks + text : text + blanks;
    }

    /** A text of any length as lines: broken between words, continued under an indentation of two. */
    List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        String line = "";
        // Runs of blanks inside a line are meant: they part its fields.
        for (String word : plain(text).split("(?<=\\S)(?=\\s)")) {
            if (!line.isBlank() && cells(line) + cells(word) > width) {
                lines.add(line.stripTrailing());
                line = "  " + word.stripLeading();
            } else {
                line += word;
            }
            while (cells(line) > width) {
                String head = head(line, width);
                lines.add(head);
                line = "  " + line.substring(head.length());
            }
        }
        lines.add(line.stripTrailing());
        return lines;
    }

    private static String head(String line, int most) {
        int room = most;
        int at = 0;
        while (at < line.length()) {
            int point = line.codePointAt(at);
            room -= cells(point);
            if (room < 0) {
                break;
            }
            at += Character.charCount(point);
        }
        return line.substring(0, at);
    }

    /** 2 for East Asian wide characters and emoji, 0 for marks that stand on the character before, else 1. */
    private static int cells(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = point >= 0x1100
                && (point <= 0x115f
                        || point >= 0x2e80 && point <= 0xa4cf && point != 0x303f
                        || point >= 0xa960 && point <= 0xa97f
                        || point >= 0xac00 && point <= 0xd7a3
                        || point >= 0xf900 && point <= 0xfaff
                        || point >= 0xfe30 && point <= 0xfe6f
                        || point >= 0xff00 && point <= 0xff60
                        || point >= 0xffe0 && point <= 0xffe6
                        || point >= 0x1f300 && point <= 0x1f64f
                        || point >= 0x1f680 && point <= 0x1f9ff
                        || point >= 0x20000 && point <= 0x3fffd);
        return wide ? 2 : 1;
    }
}
