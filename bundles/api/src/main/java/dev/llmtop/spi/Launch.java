// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a process was started. Secrets are gone: the value of a key option is {@code ***}.
 *
 * @param pid of the process
 * @param program what runs: a file name ({@code llama-server}), a module ({@code vllm.entrypoints.openai.api_server}) or a title
 * @param arguments what follows the program, redacted
 * @param environment the readable part that names engines' settings, redacted; empty where it may not be read
 */
public record Launch(long pid, String program, List<String> arguments, Map<String, String> environment) {
    public Launch {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /**
     * The value of the last of these options: {@code --name value}, {@code --name=value}; {@code _} and {@code -} inside a long
     * name are the same. Empty where it is not there or has no value.
     *
     * @param names with their dashes, such as {@code --max-model-len}
     */
    public Optional<String> option(String... names) {
        Optional<String> found = Optional.empty();
        for (int at = 0; at < arguments.size(); at++) {
            String argument = arguments.get(at);
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!isOneOf(name, names)) {
                continue;
            }
            if (equals >= 0) {
                found = Optional.of(argument.substring(equals + 1));
            } else if (at + 1 < arguments.size() && !looksLikeOption(arguments.get(at + 1))) {
                found = Optional.of(arguments.get(at + 1));
            }
        }
        return found;
    }

    /** The value of an option as a whole number; empty where it is none. */
    public OptionalLong number(String... names) {
        try {
            return option(names)
                    .map(value -> OptionalLong.of(Long.parseLong(value)))
                    .orElse(OptionalLong.empty());
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }

    /** The value of an option as a port, 1..65535. */
    public OptionalInt port(String... names) {
        OptionalLong number = number(names);
        return number.isPresent() && number.getAsLong() >= 1 && number.getAsLong() <= 65_535
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }

    /** Whether one of these options is there, with a value or without. */
    public boolean has(String... names) {
        return arguments.stream()
                .map(argument -> argument.startsWith("--") && argument.indexOf('=') > 0
                        ? argument.substring(0, argument.indexOf('='))
                        : argument)
                .anyMatch(name -> isOneOf(name, names));
    }

    /** The first argument when it is no option: the model of {@code vllm serve MODEL}, say. */
    public Optional<String> firstPositional() {
        return arguments.isEmpty() || looksLikeOption(arguments.get(0))
                ? Optional.empty()
                : Optional.of(arguments.get(0));
    }

    private static boolean isOneOf(String name, String... names) {
        String given = normal(name);
        for (String known : names) {
            if (given.equals(normal(known))) {
                return true;
            }
        }
        return false;
    }

    private static String normal(String name) {
        return name.startsWith("--") ? name.replace('_', '-') : name;
    }

    private static boolean looksLikeOption(String argument) {
        return argument.length() > 1
                && argument.charAt(0) == '-'
                && !Character.isDigit(argument.charAt(1))
                && argument.charAt(1) != '.';
    }
}
