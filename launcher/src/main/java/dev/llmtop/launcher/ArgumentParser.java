// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads the command line. Built by hand, not from annotations: reflection would cost a third of --help's time. */
final class ArgumentParser {
    private static final List<String> MODES = List.of("--once", "--json", "--shell");

    private final CommandLine commandLine;
    private final ParseResult result;

    private ArgumentParser(CommandLine commandLine, ParseResult result) {
        this.commandLine = commandLine;
        this.result = result;
    }

    /** Parses; a word that is no option or lacks its value is a {@code UsageException} with a suggestion. */
    static ArgumentParser parse(String... words) throws UsageException {
        CommandLine commandLine = new CommandLine(specification());
        try {
            return new ArgumentParser(commandLine, commandLine.parseArgs(words));
        } catch (UnmatchedArgumentException e) {
            throw new UsageException(unknown(e.getUnmatched().get(0), commandLine.getCommandSpec()));
        } catch (MissingParameterException e) {
            ArgSpec missing = e.getMissing().get(0);
            throw new UsageException(name(missing) + " needs a value: " + takes(missing));
        } catch (ParameterException e) {
            throw new UsageException(
                    superfluous(commandLine.getCommandSpec(), words).orElseGet(() -> Trouble.of(e)));
        }
    }

    boolean wantsHelp() {
        return result.hasMatchedOption("--help");
    }

    boolean wantsVersion() {
        return result.hasMatchedOption("--version");
    }

    /** The text of {@code --help}. */
    String help() {
        return commandLine.getUsageMessage(Ansi.OFF);
    }

    /** The options, checked against their ranges and against each other. */
    Arguments arguments() throws UsageException {
        Map<Setting, Object> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (result.hasMatchedOption(setting.option())) {
                values.put(setting, setting.fromOption(setting.option(), text(setting)));
            }
        }
        return new Arguments(mode(), values, Optional.ofNullable(result.matchedOptionValue("--config", null)));
    }

    private String text(Setting setting) throws UsageException {
        if (setting.type() == ValueType.FLAG) {
            return "true";
        }
        List<String> texts = result.matchedOptionValue(setting.option(), List.of());
        if (setting.type() != ValueType.PORTS && setting.type() != ValueType.URLS) {
            return texts.get(texts.size() - 1);
        }
        for (String text : texts) {
            // Each by itself: the line that complains shows the wrong one only.
            setting.fromOption(setting.option(), text);
        }
        return String.join(",", texts);
    }

    private Mode mode() throws UsageException {
        List<String> given = new ArrayList<>(MODES);
        given.removeIf(option -> !result.hasMatchedOption(option));
        if (given.size() > 1) {
            throw new UsageException(given.get(0) + " and " + given.get(1) + " exclude each other; take one of them");
        }
        boolean json = given.contains("--json");
        if (result.hasMatchedOption("--watch")) {
            if (!json) {
                throw new UsageException("--watch goes with --json; try: llmtop --json --watch");
            }
            return Mode.WATCH;
        }
        return json ? Mode.JSON : given.contains("--shell") ? Mode.SHELL : Mode.ONCE;
    }

    private static CommandSpec specification() {
        CommandSpec spec = CommandSpec.create().name("llmtop");
        spec.usageMessage()
                .description("Finds the LLM inference engines on this machine and shows what they do.%n")
                .sortOptions(false)
                .abbreviateSynopsis(true)
                .width(100);
        spec.addOption(flag("--once", "print one snapshot as text (the default)"));
        spec.addOption(flag("--json", "print one snapshot as JSON"));
        spec.addOption(flag("--watch", "with --json: one line at every interval, until stopped"));
        spec.addOption(flag("--shell", "a prompt for commands in this terminal"));
        for (Setting setting : Setting.values()) {
            spec.addOption(
                    setting.type() == ValueType.FLAG
                            ? flag(setting.option(), setting.help())
                            : value(setting.option(), setting.parameter(), setting.help())
                                    .type(List.class)
                                    .auxiliaryTypes(String.class)
                                    .build());
        }
        spec.addOption(value("--config", "DIR", "read configuration here, not in $XDG_CONFIG_HOME/llmtop")
                .type(String.class)
                .build());
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("show this")
                .build());
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("show the version")
                .build());
        spec.parser().overwrittenOptionsAllowed(true);
        return spec;
    }

    private static OptionSpec flag(String name, String help) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(help)
                .build();
    }

    private static OptionSpec.Builder value(String name, String parameter, String help) {
        return OptionSpec.builder(name).arity("1").paramLabel(parameter).description(help);
    }

    private static String unknown(String word, CommandSpec spec) {
        String bare = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        List<String> names = new ArrayList<>(spec.optionsMap().keySet());
        boolean option = word.startsWith("-");
        String said = (option ? "unknown option '" : "unexpected word '") + Printable.of(option ? bare : word) + "'";
        return said
                + Suggestion.nearest(option ? bare : "--" + bare, names)
                        .map(name -> "; did you mean " + name + "?")
                        .orElse("; llmtop --help lists what it takes");
    }

    /** picocli does not say which switch it was that got a value. */
    private static Optional<String> superfluous(CommandSpec spec, String... words) {
        for (String word : words) {
            int equals = word.indexOf('=');
            OptionSpec option = equals < 0 ? null : spec.optionsMap().get(word.substring(0, equals));
            if (option != null && option.arity().max() == 0) {
                String value = Printable.of(word.substring(equals + 1));
                return Optional.of(option.longestName() + " takes no value, not '" + value + "'");
            }
        }
        return Optional.empty();
    }

    private static String name(ArgSpec spec) {
        return spec instanceof OptionSpec option ? option.longestName() : spec.paramLabel();
    }

    private static String takes(ArgSpec spec) {
        String name = name(spec);
        for (Setting setting : Setting.values()) {
            if (setting.option().equals(name)) {
                return setting.takes(true);
            }
        }
        return "a directory, such as ~/.config/llmtop";
    }
}
