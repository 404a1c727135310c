// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The text of {@code --help}: a line an option, at most 100 columns. */
final class Usage {
    private static final int WIDTH = 100;
    private static final int INDENT = 26;

    private Usage() {}

    static String text(Options options) {
        StringBuilder text = new StringBuilder("Usage: llmtop [OPTION]...\n"
                + "       llmtop shell [-c LINE] [--pid PID]   commands for a running llmtop\n"
                + "       llmtop record URL DIR                an engine's answers, for the tests of an adapter\n"
                + "       llmtop adapters list|add|remove      adapters for engines that llmtop does not know\n"
                + "Finds the LLM inference engines on this machine and shows what they do.\n\n");
        for (Option option : options.getOptions()) {
            String names = (option.getOpt() == null ? "      --" : "  -" + option.getOpt() + ", --")
                    + option.getLongOpt()
                    + (option.hasArg() ? " " + option.getArgName() : "");
            text.append(names).append(" ".repeat(Math.max(1, INDENT - names.length())));
            wrap(option.getDescription(), text);
        }
        return text.append("\nEvery option has its place in a file and in the environment: docs/config.md.\n")
                .toString();
    }

    private static void wrap(String description, StringBuilder text) {
        int column = INDENT;
        for (String word : description.split(" ", -1)) {
            if (column > INDENT && column + 1 + word.length() > WIDTH) {
                text.append('\n').append(" ".repeat(INDENT));
                column = INDENT;
            }
            text.append(column > INDENT ? " " : "").append(word);
            column += word.length() + 1;
        }
        text.append('\n');
    }
}
