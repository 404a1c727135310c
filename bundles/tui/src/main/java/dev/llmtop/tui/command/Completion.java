// SPDX-License-Identifier: MIT
package dev.llmtop.tui.command;

import dev.llmtop.agent.CommandSessions;
import java.util.List;

/**
 * The text of a command with the word under the cursor completed.
 *
 * @param text with the completed word
 * @param cursor behind it
 * @param choices where there are several, all of them
 */
public record Completion(String text, int cursor, List<String> choices) {
    public Completion {
        choices = List.copyOf(choices);
    }

    /** Completes as far as all that the word could become agrees. */
    static Completion of(String text, int cursor, CommandSessions.Completion found) {
        List<String> words = found.words();
        if (words.isEmpty()) {
            return new Completion(text, cursor, List.of());
        }
        String common = common(words);
        // A folder, file: and a scope go on; anything else ends a word.
        boolean whole = words.size() == 1 && !common.endsWith("/") && !common.endsWith(":");
        String completed = whole ? common + " " : common;
        String rest = text.substring(cursor);
        return new Completion(
                text.substring(0, found.start()) + completed + (whole ? rest.stripLeading() : rest),
                found.start() + completed.length(),
                words.size() == 1 ? List.of() : words);
    }

    private static String common(List<String> words) {
        String common = words.get(0);
        for (String word : words) {
            int same = 0;
            while (same < Math.min(common.length(), word.length()) && common.charAt(same) == word.charAt(same)) {
                same++;
            }
            common = common.substring(0, same);
        }
        return common;
    }
}
