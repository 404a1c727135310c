// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The installed program: its folder and the list, made at build time, of the bundles it consists of. */
final class Distribution {
    /** Location prefix of the program's own bundles: no path, so that a moved distribution keeps its cache. */
    static final String LOCATION = "llmtop:";

    /** The list: a line each, SHA-256 and file name, in the order of the start. */
    static final String LIST = "bundles.list";

    private final Path home;
    private final List<Path> jars;
    private final String content;

    private Distribution(Path home, List<Path> jars, String content) {
        this.home = home;
        this.jars = List.copyOf(jars);
        this.content = content;
    }

    /** Reads the list in {@code home}; not a distribution if that fails. */
    static Distribution at(Path home) throws IOException {
        Path folder = home.resolve("bundles");
        List<Path> jars = new ArrayList<>();
        StringBuilder content = new StringBuilder();
        for (String line : Files.readAllLines(folder.resolve(LIST), StandardCharsets.UTF_8)) {
            Path jar = folder.resolve(line.substring(line.indexOf(' ') + 1).strip());
            // The digests were taken at build time. Size and time notice a jar that was replaced by hand since.
            BasicFileAttributes attributes = Files.readAttributes(jar, BasicFileAttributes.class);
            content.append(line)
                    .append(' ')
                    .append(attributes.size())
                    .append(' ')
                    .append(attributes.lastModifiedTime().toMillis())
                    .append('\n');
            jars.add(jar);
        }
        return new Distribution(home, jars, digest(content.toString()));
    }

    /** The folder that the running jar was started from: {@code home/lib/x.jar}. */
    static Path home() throws IOException {
        String property = System.getProperty("llmtop.home");
        if (property != null) {
            return Path.of(property);
        }
        try {
            Path jar = Path.of(Distribution.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path lib = jar.getParent();
            return lib == null || lib.getParent() == null ? jar : lib.getParent();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** The bundles, in the order of their start. */
    List<Path> jars() {
        return jars;
    }

    /** A name for exactly this content. */
    String content() {
        return content;
    }

    /** The configuration that ships. */
    Path configuration() {
        return home.resolve("config");
    }

    /** JNA's library for this machine, unpacked; JNA falls back to its own copy if there is none. */
    Path nativeLibraries() {
        String machine = switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> "x86-64";
            case "arm64", "aarch64" -> "aarch64";
            default -> "other";
        };
        boolean mac = System.getProperty("os.name", "").startsWith("Mac");
        return home.resolve("lib/native").resolve((mac ? "darwin-" : "linux-") + machine);
    }

    /** A short name for a text. */
    static String digest(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
