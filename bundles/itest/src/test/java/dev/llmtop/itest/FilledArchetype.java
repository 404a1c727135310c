// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Fills the archetype's templates with the values of the example: variables, {@code #set} lines, names and packages. */
final class FilledArchetype {
    private static final Path TEMPLATES =
            Distribution.ROOT.resolve("bundles/archetype/src/main/resources/archetype-resources");
    private static final Pattern SET = Pattern.compile("#set\\( \\$(\\w+) = '([^']*)' \\)\n");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");
    private static final Map<String, String> VALUES = Map.of(
            "groupId", "org.example",
            "artifactId", "acme-adapter",
            "version", "1.0.0",
            "package", "org.example.llmtop.acme",
            "engine", "Acme",
            "kind", "acme",
            "llmtopVersion", "0.1.0");

    private FilledArchetype() {}

    /** Writes them; the files, relative to the folder. */
    static List<Path> fill(Path folder) throws IOException {
        List<Path> written = new ArrayList<>();
        try (Stream<Path> templates = Files.walk(TEMPLATES)) {
            for (Path template : templates.filter(Files::isRegularFile).toList()) {
                Path relative = Path.of(TEMPLATES
                        .relativize(template)
                        .toString()
                        .replace("__engine__", VALUES.get("engine"))
                        .replaceFirst("^(src/(?:main|test)/java)/", "$1/org/example/llmtop/acme/"));
                Path file = folder.resolve(relative);
                Files.createDirectories(file.getParent());
                Files.writeString(file, filled(Files.readString(template)));
                written.add(relative);
            }
        }
        return written;
    }

    private static String filled(String template) {
        Map<String, String> values = new HashMap<>(VALUES);
        Matcher set = SET.matcher(template);
        while (set.find()) {
            values.put(set.group(1), set.group(2));
        }
        return VARIABLE.matcher(SET.matcher(template).replaceAll(""))
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }
}
