// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import dev.llmtop.launcher.attach.RunningInstance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleException;

/** The program's entry. */
public final class Main {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Main() {}

    /** Runs llmtop; exits with 0, with 1 when it could not do its work, with 2 when it was asked wrongly. */
    public static void main(String[] words) {
        Messages messages = new Messages(System.err);
        int code;
        try {
            code = run(words, messages);
        } catch (UsageException e) {
            messages.say(e.line());
            code = USAGE;
        } catch (IOException | BundleException | RuntimeException | LinkageError e) {
            // Felix's threads would keep the process alive for ever: say it and go.
            messages.say("cannot run: " + Trouble.of(e));
            code = FAILED;
        } catch (InterruptedException e) {
            code = FAILED;
        }
        System.exit(code);
    }

    private static int run(String[] words, Messages messages)
            throws UsageException, IOException, BundleException, InterruptedException {
        if (words.length > 0 && words[0].equals(ShellWords.NAME)) {
            return ShellWords.parse(Arrays.copyOfRange(words, 1, words.length)).run(Directories.of(System.getenv()));
        }
        if (words.length > 0 && words[0].equals(AdaptersWords.NAME)) {
            return AdaptersWords.parse(Arrays.copyOfRange(words, 1, words.length))
                    .run(Directories.of(System.getenv()), messages);
        }
        if (words.length > 0 && words[0].equals(RecordWords.NAME)) {
            return RecordWords.parse(Arrays.copyOfRange(words, 1, words.length)).run(messages);
        }
        ArgumentParser parser = ArgumentParser.parse(words);
        if (parser.wantsHelp()) {
            System.out.print(parser.help());
            System.out.flush();
            return OK;
        }
        if (parser.wantsVersion()) {
            System.out.println("llmtop " + version());
            return OK;
        }
        Ahead.loadTheFramework();
        Screen screen = Screen.fromProperties();
        Arguments arguments = parser.arguments(screen.interactive());
        Map<String, String> environment = System.getenv();
        Directories directories = Directories.of(environment);
        Distribution distribution = Distribution.at(Distribution.home());
        Configurations configurations =
                Configurations.merge(arguments, environment, distribution.configuration(), directories, screen);
        configurations.warnings().forEach(messages::say);
        Optional<String> answered = parser.wantsFresh() || arguments.recorded().isPresent()
                ? Optional.empty()
                : arguments
                        .mode()
                        .form(screen)
                        .flatMap(form -> RunningInstance.snapshot(
                                directories.sockets(), version(), configurations.asked(), form));
        if (answered.isPresent()) {
            System.out.write(answered.get().getBytes(StandardCharsets.UTF_8));
            System.out.flush();
            return OK;
        }
        NativeCode.prepare(distribution.nativeLibraries());
        boolean held = arguments.mode() == Mode.TUI && screen.errors();
        Optional<HeldErrors> errors = held ? Optional.of(HeldErrors.hold()) : Optional.empty();
        Messages speaker = held ? new Messages(System.err) : messages;
        Session session = new Session(distribution, directories, configurations, arguments.mode(), speaker);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            session.end();
                            errors.ifPresent(HeldErrors::release);
                        },
                        "llmtop-end"));
        try {
            return session.run();
        } catch (IOException | BundleException | RuntimeException | LinkageError e) {
            // Said now, while it is held: the terminal comes back when the framework stops.
            speaker.say("cannot run: " + Trouble.of(e));
            return FAILED;
        }
    }

    /** The version of the program. */
    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
