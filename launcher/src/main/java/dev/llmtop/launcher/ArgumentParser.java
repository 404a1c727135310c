// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** Reads the command line. With Commons CLI: it costs 10 ms of the start where picocli costs 80. */
final class ArgumentParser {
    private static final List<String> MODES = List.of("--once", "--json", "--explain", "--shell", "--headless");

    private final Options options;
    private final CommandLine result;

    private ArgumentParser(Options options, CommandLine result) {
        this.options = options;
        this.result = result;
    }

    /** Parses; a word that is no option or lacks its value is a {@code UsageException} with a suggestion. */
    static ArgumentParser parse(String... words) throws UsageException {
        Options options = options();
        DefaultParser parser =
                DefaultParser.builder().setAllowPartialMatching(false).build();
        try {
            CommandLine result = parser.parse(options, words);
            List<String> left = result.getArgList();
            if (!left.isEmpty()) {
                throw new UsageException(unexpected(left.get(0), options));
            }
            return new ArgumentParser(options, result);
        } catch (UnrecognizedOptionException e) {
            throw new UsageException(unknown(String.valueOf(e.getOption()), options));
        } catch (MissingArgumentException e) {
            throw new UsageException("--" + e.getOption().getLongOpt() + " needs a value: " + takes(e.getOption()));
        } catch (ParseException e) {
            throw new UsageException(Trouble.of(e));
        }
    }

    boolean wantsHelp() {
        return has("--help");
    }

    boolean wantsVersion() {
        return has("--version");
    }

    /** Whether the snapshot must be this run's own. */
    boolean wantsFresh() {
        return has("--fresh");
    }

    /** The text of {@code --help}. */
    String help() {
        return Usage.text(options);
    }

    /**
     * The options, checked against their ranges and against each other.
     *
     * @param interactive whether the screen can be opened: it is what no option means
     */
    Arguments arguments(boolean interactive) throws UsageException {
        Map<Setting, Object> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (has(setting.option())) {
                values.put(setting, setting.fromOption(setting.option(), text(setting)));
            }
        }
        return new Arguments(
                mode(interactive), values, Optional.ofNullable(result.getOptionValue("config")), recorded());
    }

    private Optional<Recorded> recorded() throws UsageException {
        Optional<String> file = Optional.ofNullable(result.getOptionValue("replay"));
        boolean demo = has("--demo");
        if (has("--at") && file.isEmpty() && !demo) {
            throw new UsageException("--at goes with --replay; try: llmtop --replay FILE --at 1:30");
        }
        if (file.isEmpty() && !demo) {
            return Optional.empty();
        }
        if (file.isPresent() && demo) {
            throw new UsageException("--replay and --demo exclude each other; take one of them");
        }
        if (has("--explain")) {
            throw new UsageException("--explain is about this machine, not about a recording");
        }
        String at = result.getOptionValue("at", "");
        return Optional.of(file.map(name -> new Recorded(name, at)).orElseGet(() -> Recorded.demo(at)));
    }

    private boolean has(String option) {
        return result.hasOption(option.substring(2));
    }

    private String text(Setting setting) throws UsageException {
        if (setting.type() == ValueType.FLAG) {
            return "true";
        }
        String[] texts = result.getOptionValues(setting.option().substring(2));
        if (setting.type() != ValueType.PORTS && setting.type() != ValueType.URLS) {
            return texts[texts.length - 1];
        }
        for (String text : texts) {
            // Each by itself: the line that complains shows the wrong one only.
            setting.fromOption(setting.option(), text);
        }
        return String.join(",", texts);
    }

    private Mode mode(boolean interactive) throws UsageException {
        List<String> given = new ArrayList<>(MODES);
        given.removeIf(option -> !has(option));
        if (given.size() > 1) {
            throw new UsageException(given.get(0) + " and " + given.get(1) + " exclude each other; take one of them");
        }
        boolean json = given.contains("--json");
        if (has("--watch")) {
            if (!json) {
                throw new UsageException("--watch goes with --json; try: llmtop --json --watch");
            }
            return Mode.WATCH;
        }
        if (given.isEmpty()) {
            return interactive ? Mode.TUI : Mode.ONCE;
        }
        return switch (given.get(0)) {
            case "--json" -> Mode.JSON;
            case "--explain" -> Mode.EXPLAIN;
            case "--shell" -> Mode.SHELL;
            case "--headless" -> Mode.HEADLESS;
            default -> Mode.ONCE;
        };
    }

    private static Options options() {
        Options options = new Options();
        options.addOption(null, "once", false, "print one snapshot as text (the default without a terminal)");
        options.addOption(null, "json", false, "print one snapshot as JSON");
        options.addOption(null, "watch", false, "with --json: one line at every interval, until stopped");
        options.addOption(null, "explain", false, "print who would be asked what and why, and ask nobody");
        options.addOption(null, "shell", false, "a prompt for commands in this terminal");
        options.addOption(null, "fresh", false, "with --once or --json: do not ask an llmtop that is running");
        options.addOption(null, "headless", false, "run without a screen, for llmtop shell in other terminals");
        recordings(options);
        for (Setting setting : Setting.values()) {
            options.addOption(Option.builder()
                    .longOpt(setting.option().substring(2))
                    .hasArg(setting.type() != ValueType.FLAG)
                    .argName(setting.parameter())
                    .desc(setting.help())
                    .get());
        }
        options.addOption(Option.builder()
                .longOpt("config")
                .hasArg()
                .argName("DIR")
                .desc("read configuration here, not in $XDG_CONFIG_HOME/llmtop")
                .get());
        options.addOption("h", "help", false, "show this");
        options.addOption("V", "version", false, "show the version");
        return options;
    }

    private static void recordings(Options options) {
        options.addOption(Option.builder()
                .longOpt("replay")
                .hasArg()
                .argName("FILE")
                .desc("show what --json --watch wrote, also compressed with gzip; - reads standard input")
                .get());
        options.addOption(Option.builder()
                .longOpt("at")
                .hasArg()
                .argName("PLACE")
                .desc("with --replay: where to begin, or what --once and --json print: 50%, 1:30, 90s, 12:30:05")
                .get());
        options.addOption(null, "demo", false, "show a recording of real engines that comes with llmtop");
    }

    private static String unknown(String word, Options options) {
        int equals = word.indexOf('=');
        String bare = equals < 0 ? word : word.substring(0, equals);
        if (equals > 0 && bare.startsWith("--") && options.hasLongOption(bare.substring(2))) {
            // The parser takes a switch with a value for a word that it has never seen.
            return bare + " takes no value, not '" + Printable.of(word.substring(equals + 1)) + "'";
        }
        return "unknown option '" + Printable.of(bare) + "'" + hint(bare, options);
    }

    private static String unexpected(String word, Options options) {
        return "unexpected word '" + Printable.of(word) + "'" + hint("--" + word, options);
    }

    private static String hint(String word, Options options) {
        List<String> names = new ArrayList<>();
        options.getOptions().forEach(option -> names.add("--" + option.getLongOpt()));
        // A word that only lacks its dashes is the nearest there is.
        return Suggestion.nearest(word, names)
                .map(name -> "; did you mean " + name + "?")
                .orElse("; llmtop --help lists what it takes");
    }

    private static String takes(Option option) {
        for (Setting setting : Setting.values()) {
            if (setting.option().equals("--" + option.getLongOpt())) {
                return setting.takes(true);
            }
        }
        return switch (option.getLongOpt()) {
            case "replay" -> "a file that llmtop --json --watch wrote, or - for standard input";
            case "at" -> "a place in the recording, such as 50%, 1:30 or 12:30:05";
            default -> "a directory, such as ~/.config/llmtop";
        };
    }
}
