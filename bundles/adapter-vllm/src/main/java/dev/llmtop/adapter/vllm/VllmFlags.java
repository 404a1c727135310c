// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllm;

import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Launch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the command line of a vLLM server says, and the file that its {@code --config} names. Source: vllm/entrypoints/cli,
 * vllm/engine/arg_utils.py.
 *
 * @param known whether the command line of the server could be read
 * @param launch the program and all that it was given, what stands in the file first
 */
record VllmFlags(boolean known, Launch launch) {
    private static final Set<String> POOLING_TASKS =
            Set.of("embed", "embedding", "classify", "score", "reward", "encode", "pooling");
    private static final Pattern TOKENS = Pattern.compile("(\\d{1,12})([kKmMgG]?)");
    private static final Pattern SETTING = Pattern.compile("([A-Za-z][\\w.-]*)\\s*:\\s*(.*?)\\s*");
    private static final int MOST_SETTINGS = 500;

    /** Of the server's own process, or of the one above it that started it: a child with a title has lost its arguments. */
    static VllmFlags of(Candidate candidate) {
        return Stream.concat(candidate.launch().stream(), candidate.ancestors().stream())
                .filter(VllmFlags::isServer)
                .findFirst()
                .map(launch -> new VllmFlags(true, launch))
                .orElseGet(() -> new VllmFlags(false, new Launch(0, "", List.of(), java.util.Map.of())));
    }

    private static boolean isServer(Launch launch) {
        boolean command = launch.program().equals("vllm") || launch.program().equals("vllm.entrypoints.cli.main");
        return command && launch.firstPositional().filter("serve"::equals).isPresent()
                || launch.program().startsWith("vllm.entrypoints.") && !command;
    }

    /** With the settings of a configuration file, {@code key: value} a line; the command line wins. */
    VllmFlags withFile(String yaml) {
        List<String> arguments = new ArrayList<>();
        yaml.lines().limit(MOST_SETTINGS).forEach(line -> {
            Matcher setting = SETTING.matcher(line.split("\\s#", 2)[0]);
            if (setting.matches() && !setting.group(2).isEmpty()) {
                arguments.add("--" + setting.group(1) + "=" + unquoted(setting.group(2)));
            }
        });
        boolean command = launch.firstPositional().filter("serve"::equals).isPresent();
        List<String> own = launch.arguments();
        List<String> all = new ArrayList<>(own.subList(0, command ? Math.min(2, own.size()) : 0));
        all.addAll(arguments);
        all.addAll(own.subList(all.size() - arguments.size(), own.size()));
        return new VllmFlags(known, new Launch(launch.pid(), launch.program(), all, launch.environment()));
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    Optional<String> text(String... names) {
        return launch.option(names).filter(value -> !value.isEmpty());
    }

    /** A whole number; {@code 32k} is 32,000 and {@code 32K} 32,768, as vLLM reads it. */
    Optional<Long> number(String... names) {
        return text(names).flatMap(VllmFlags::tokens);
    }

    static Optional<Long> tokens(String text) {
        Matcher number = TOKENS.matcher(text);
        if (!number.matches()) {
            return Optional.empty();
        }
        String unit = number.group(2);
        int power = unit.isEmpty() ? 0 : "kmg".indexOf(unit.toLowerCase(java.util.Locale.ROOT)) + 1;
        double base = Character.isUpperCase(unit.isEmpty() ? 'k' : unit.charAt(0)) ? 1_024 : 1_000;
        double value = Long.parseLong(number.group(1)) * Math.pow(base, power);
        return value <= 1e15 ? Optional.of((long) value) : Optional.empty();
    }

    /** Whether a switch is on: {@code --name}, {@code --name=true}; {@code --no-name} switches it off again. */
    boolean on(String name) {
        boolean on = false;
        String off = "--no-" + name.substring(2);
        for (String argument : launch.arguments()) {
            String normal = argument.startsWith("--") ? argument.replace('_', '-') : argument;
            if (normal.equals(name) || normal.equalsIgnoreCase(name + "=true")) {
                on = true;
            } else if (normal.equals(off) || normal.equalsIgnoreCase(name + "=false")) {
                on = false;
            }
        }
        return on;
    }

    /** Whether an option is there in any form, also as {@code --name.key value}. */
    boolean has(String... names) {
        return launch.has(names)
                || launch.arguments().stream()
                        .anyMatch(argument -> Stream.of(names)
                                .anyMatch(name -> argument.replace('_', '-').startsWith(name + ".")));
    }

    /** What was loaded: a path or a repository. */
    Optional<String> model() {
        Optional<String> named = text("--model");
        List<String> arguments = launch.arguments();
        boolean positional = arguments.size() > 1
                && arguments.get(0).equals("serve")
                && !arguments.get(1).startsWith("-");
        return named.isPresent() || !positional ? named : Optional.of(arguments.get(1));
    }

    /** What clients call it: the served names, else the model itself. */
    List<String> servedNames() {
        List<String> arguments = launch.arguments();
        List<String> names = new ArrayList<>();
        for (int at = 0; at < arguments.size(); at++) {
            String argument = arguments.get(at).replace('_', '-');
            if (argument.startsWith("--served-model-name=")) {
                names.clear();
                names.add(arguments.get(at).substring("--served-model-name=".length()));
            } else if (argument.equals("--served-model-name")) {
                names.clear();
                while (at + 1 < arguments.size() && !arguments.get(at + 1).startsWith("-")) {
                    names.add(arguments.get(++at));
                }
            }
        }
        return names.isEmpty() ? model().stream().toList() : List.copyOf(names);
    }

    /** Whether it was started to make vectors or scores and no text. */
    boolean pooling() {
        return text("--runner").filter("pooling"::equals).isPresent()
                || text("--task").filter(POOLING_TASKS::contains).isPresent()
                || text("--convert").filter(POOLING_TASKS::contains).isPresent();
    }
}
