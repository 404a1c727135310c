// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.BundleException;

/**
 * What follows {@code llmtop record}.
 *
 * @param url of the engine; empty where only the help is wanted
 * @param folder to be made
 */
record RecordWords(Optional<String> url, Path folder) {
    /** The word that asks for it. */
    static final String NAME = "record";

    private static final String HELP = """
            Usage: llmtop record URL DIR
            Saves what the engine at URL (http://HOST:PORT) answers to its adapter into DIR, a case for the adapter's tests.

            Only GET is sent, and only what the installed adapter that claims the engine asks for itself. Keys, tokens, passwords,
            home directories, mail addresses, this machine's name and addresses are taken out. DIR must not exist yet.
            """;

    static RecordWords parse(String... words) throws UsageException {
        List<String> all = List.of(words);
        if (all.contains("-h") || all.contains("--help")) {
            return new RecordWords(Optional.empty(), Path.of(""));
        }
        if (words.length != 2) {
            throw new UsageException("record takes a URL and a folder: llmtop record http://127.0.0.1:8000 my-case");
        }
        String url = ((String[]) Setting.ENDPOINTS.fromOption("record", words[0]))[0];
        if (URI.create(url).getPort() < 0) {
            throw new UsageException("record takes a URL with its port, such as http://127.0.0.1:8000");
        }
        try {
            Path folder = Path.of(words[1]).toAbsolutePath().normalize();
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new UsageException(
                        "'" + Printable.of(words[1]) + "' is there already; name a folder that is not");
            }
            return new RecordWords(Optional.of(url), folder);
        } catch (InvalidPathException e) {
            throw new UsageException("'" + Printable.of(words[1]) + "' cannot be the name of a folder");
        }
    }

    /** Runs it; the exit code. */
    int run(Messages messages) throws UsageException, IOException, BundleException, InterruptedException {
        if (url.isEmpty()) {
            System.out.print(HELP);
            System.out.flush();
            return 0;
        }
        Map<String, String> environment = System.getenv();
        Directories directories = Directories.of(environment);
        Distribution distribution = Distribution.at(Distribution.home());
        Arguments arguments = new Arguments(
                Mode.RECORD, Map.of(Setting.ENDPOINTS, new String[] {url.get()}, Setting.GPU, false), Optional.empty());
        Configurations configurations = Configurations.merge(
                arguments, environment, distribution.configuration(), directories, Screen.fromProperties());
        configurations.warnings().forEach(messages::say);
        Map<String, Object> values =
                configurations.byPid().computeIfAbsent(Mode.RECORD.component(), none -> new TreeMap<>());
        values.put("port", URI.create(url.get()).getPort());
        values.put("directory", folder.toString());
        NativeCode.prepare(distribution.nativeLibraries());
        Session session = new Session(distribution, directories, configurations, Mode.RECORD, messages);
        Runtime.getRuntime().addShutdownHook(new Thread(session::end, "llmtop-end"));
        return session.run();
    }
}
