// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A Java to run with.
 *
 * @param version its feature release, such as 17
 */
record Jdk(Path home, int version) {
    private static final int OLDEST = 17;
    private static final Path USUAL_PLACE = Path.of("/usr/lib/jvm");

    /** The one that runs this test. */
    static Jdk running() {
        return new Jdk(
                Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /** Another release than the running one: the property {@code llmtop.otherJdk} names its home, else the newest found. */
    static Optional<Jdk> other() {
        String named = System.getProperty("llmtop.otherJdk", "");
        if (!named.isEmpty()) {
            return at(Path.of(named));
        }
        Map<Integer, Jdk> found = new TreeMap<>();
        if (Files.isDirectory(USUAL_PLACE)) {
            try (Stream<Path> homes = Files.list(USUAL_PLACE)) {
                homes.map(Jdk::at).flatMap(Optional::stream).forEach(jdk -> found.put(jdk.version, jdk));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        found.remove(Runtime.version().feature());
        found.keySet().removeIf(version -> version < OLDEST);
        return found.values().stream().reduce((older, newer) -> newer);
    }

    /** The running one, and another where there is one. */
    static List<Jdk> all() {
        List<Jdk> all = new ArrayList<>(List.of(running()));
        other().ifPresent(all::add);
        return all;
    }

    Path java() {
        return home.resolve("bin/java");
    }

    @Override
    public String toString() {
        return "JDK " + version;
    }

    private static Optional<Jdk> at(Path home) {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
        } catch (IOException noJdk) {
            return Optional.empty();
        }
        String version =
                release.getProperty("JAVA_VERSION", "").replace("\"", "").split("[.]", 2)[0];
        return version.matches("\\d+") && Files.isExecutable(home.resolve("bin/java"))
                ? Optional.of(new Jdk(home, Integer.parseInt(version)))
                : Optional.empty();
    }
}
