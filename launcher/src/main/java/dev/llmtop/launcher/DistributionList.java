// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** Writes the list of a folder's bundles that {@link Distribution} reads. */
final class DistributionList {
    /** What others log to and what wires them comes first; the rest goes by name. */
    private static final List<String> FIRST = List.of(
            "slf4j-api", "dev.llmtop.logging", "org.osgi.", "org.apache.felix.configadmin", "org.apache.felix.scr");

    private DistributionList() {}

    static void write(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            jars.forEach(jar -> names.add(jar.getFileName().toString()));
        }
        names.sort(Comparator.comparingInt(DistributionList::rank).thenComparing(Comparator.naturalOrder()));
        StringBuilder list = new StringBuilder();
        for (String name : names) {
            list.append(sum(folder.resolve(name))).append(' ').append(name).append('\n');
        }
        Files.writeString(folder.resolve(Distribution.LIST), list, StandardCharsets.UTF_8);
    }

    private static int rank(String name) {
        for (int i = 0; i < FIRST.size(); i++) {
            if (name.startsWith(FIRST.get(i))) {
                return i;
            }
        }
        return FIRST.size();
    }

    private static String sum(Path jar) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
