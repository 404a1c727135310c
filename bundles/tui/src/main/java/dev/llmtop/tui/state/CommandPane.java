// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import java.util.List;

/**
 * What the command line printed.
 *
 * @param command the last one; empty before the first
 * @param output its lines, cleaned, at most 10,000
 * @param running whether it has not ended
 * @param completions of the word under the cursor
 */
public record CommandPane(String command, List<String> output, boolean running, List<String> completions) {
    /** Nothing was run yet. */
    public static final CommandPane EMPTY = new CommandPane("", List.of(), false, List.of());

    public CommandPane {
        output = List.copyOf(output);
        completions = List.copyOf(completions);
    }

    /** The same with other completions. */
    public CommandPane withCompletions(List<String> words) {
        return new CommandPane(command, output, running, words);
    }
}
