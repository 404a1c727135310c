// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import dev.llmtop.launcher.attach.ShellCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/**
 * What follows {@code llmtop shell}.
 *
 * @param help whether only the help is wanted
 * @param pid of the instance that is meant
 * @param line the one line to run
 */
record ShellWords(boolean help, OptionalLong pid, Optional<String> line) {
    /** The word that asks for it. */
    static final String NAME = "shell";

    private static final String HELP = """
            Usage: llmtop shell [-c LINE] [--pid PID]
            Runs commands in the llmtop of yours that is running: from this terminal, from standard input, or LINE alone.

              -c LINE      run this line; the exit code is 1 if it fails
              --pid PID    the instance that is meant, where there are several
              -h, --help   show this

            Within: engines, engine ID, gpus, adapters, evidence ID, felix:install file:..., help; exit leaves.
            """;

    static ShellWords parse(String... words) throws UsageException {
        Options options = new Options();
        options.addOption("c", true, "");
        options.addOption(Option.builder().longOpt("pid").hasArg().get());
        options.addOption("h", "help", false, "");
        try {
            CommandLine result = DefaultParser.builder()
                    .setAllowPartialMatching(false)
                    .build()
                    .parse(options, words);
            List<String> left = result.getArgList();
            if (!left.isEmpty()) {
                throw new UsageException("unexpected word '" + Printable.of(left.get(0))
                        + "'; a command goes behind -c," + " in quotes: llmtop shell -c 'engines -w'");
            }
            return new ShellWords(
                    result.hasOption("help"),
                    pid(Optional.ofNullable(result.getOptionValue("pid"))),
                    Optional.ofNullable(result.getOptionValue("c")));
        } catch (MissingArgumentException e) {
            throw new UsageException(
                    e.getOption().hasLongOpt()
                            ? "--pid needs the number of a process, such as 4711"
                            : "-c needs a line, such as llmtop shell -c 'engines -w'");
        } catch (ParseException e) {
            throw new UsageException(Trouble.of(e) + "; llmtop shell --help lists what it takes");
        }
    }

    private static OptionalLong pid(Optional<String> text) throws UsageException {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.get().matches("[0-9]{1,18}")) {
            throw new UsageException(
                    "--pid takes the number of a process, such as 4711, not '" + Printable.of(text.get()) + "'");
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }

    /** Runs it; the exit code. */
    int run(Directories directories) throws IOException {
        if (help) {
            System.out.print(HELP);
            System.out.flush();
            return 0;
        }
        boolean terminal = Boolean.getBoolean("llmtop.terminal") && Boolean.getBoolean("llmtop.keyboard");
        Optional<Path> history = directories.state().map(state -> state.resolve("shell-history"));
        return new ShellCommand(
                        directories.sockets(),
                        new ShellCommand.Streams(System.in, System.out, System.err, terminal),
                        history)
                .run(pid, line);
    }
}
