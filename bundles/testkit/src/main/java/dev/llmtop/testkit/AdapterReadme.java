// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An adapter's README beside the adapter itself, for tests that hold the two together. */
public final class AdapterReadme {
    /** The headings of every adapter's README, in order. */
    public static final List<String> HEADINGS = List.of(
            "## What it is, tested versions",
            "## How recognized",
            "## Requests sent and never sent",
            "## Metrics",
            "## Enabling metrics",
            "## Reasons for n/a",
            "## Example output",
            "## Sources");

    /** A brace inside a quoted path is part of a placeholder. */
    private static final Pattern PATHS = Pattern.compile("\\bpaths = \\{((?:\"[^\"]*\"|[^\"}])*)}");

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private final String text;

    private AdapterReadme(String text) {
        this.text = text;
    }

    /** Reads a README. */
    public static AdapterReadme read(Path file) throws IOException {
        return new AdapterReadme(Files.readString(file));
    }

    /** The whole text. */
    public String text() {
        return text;
    }

    /** Its headings of the second level, in order. */
    public List<String> headings() {
        return text.lines().filter(line -> line.startsWith("## ")).toList();
    }

    /** The paths of its table of requests, in order: rows that begin with a path in code. */
    public List<String> requestedPaths() {
        return text.lines()
                .filter(line -> line.startsWith("| `/"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
    }

    /**
     * The paths that an adapter declares, from its source, since the annotation does not live until run time.
     *
     * @throws AssertionError where the source declares none
     */
    public static List<String> declaredPaths(Path source) throws IOException {
        Matcher declaration = PATHS.matcher(Files.readString(source));
        if (!declaration.find()) {
            throw new AssertionError(source + " declares no paths");
        }
        return QUOTED.matcher(declaration.group(1))
                .results()
                .map((MatchResult quoted) -> quoted.group(1))
                .toList();
    }
}
