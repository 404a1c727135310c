// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import java.util.Arrays;
import java.util.List;

/**
 * One of {@link dev.llmtop.spi.EngineType#commands}, read.
 *
 * @param form what it looks at
 * @param program the name it wants; a title's beginning
 * @param words what the arguments must begin with
 */
public record CommandPattern(CommandLine.Form form, String program, List<String> words) {
    public CommandPattern {
        words = List.copyOf(words);
    }

    /**
     * Reads {@code exe:NAME}, {@code module:NAME}, {@code script:NAME WORD ...}, {@code title:PREFIX}; after the first three,
     * words that must follow.
     *
     * @throws IllegalArgumentException where it is none of these
     */
    public static CommandPattern parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon);
        String rest = text.substring(colon + 1).strip();
        if (kind.equals("title") && !rest.isEmpty()) {
            return new CommandPattern(CommandLine.Form.TITLE, rest, List.of());
        }
        List<String> words = Arrays.asList(rest.split("\\s+"));
        CommandLine.Form form = switch (kind) {
            case "exe" -> CommandLine.Form.EXECUTABLE;
            case "module" -> CommandLine.Form.MODULE;
            case "script" -> CommandLine.Form.SCRIPT;
            default ->
                throw new IllegalArgumentException(
                        "a command pattern is exe:, module:, script: or title: and a name, not '" + text + "'");
        };
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("a command pattern needs a name: '" + text + "'");
        }
        return new CommandPattern(form, words.get(0), words.subList(1, words.size()));
    }

    /** Whether it looks at a title: a process that replaced its command line is a part of an engine. */
    public boolean ofPart() {
        return form == CommandLine.Form.TITLE;
    }

    /** Whether a process looks so. A {@code script:} also fits a program that was started by its own name. */
    public boolean fits(CommandLine command) {
        if (form == CommandLine.Form.TITLE) {
            return command.form() == CommandLine.Form.TITLE && command.program().startsWith(program);
        }
        boolean formFits = command.form() == form
                || form == CommandLine.Form.SCRIPT && command.form() == CommandLine.Form.EXECUTABLE;
        return formFits
                && command.program().equals(program)
                && command.arguments().size() >= words.size()
                && command.arguments().subList(0, words.size()).equals(words);
    }
}
