// SPDX-License-Identifier: MIT
package dev.llmtop.testkit.conformance;

import dev.llmtop.testkit.AdapterReadme;
import dev.llmtop.testkit.TestedAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** README, source and test beside each other. */
final class Papers {
    private Papers() {}

    static void check(AdapterReadme readme, TestedAdapter tested) throws IOException {
        if (!readme.headings().equals(AdapterReadme.HEADINGS)) {
            throw new AssertionError(
                    "the README's headings are " + readme.headings() + ", not " + AdapterReadme.HEADINGS);
        }
        Set<String> tried = new TreeSet<>(tested.paths());
        same("the README's table of requests", new TreeSet<>(readme.requestedPaths()), tried);
        String type = tested.adapter().getClass().getName();
        Path source = Path.of("src/main/java", type.replace('.', '/') + ".java");
        if (Files.isRegularFile(source)) {
            same(type, new TreeSet<>(AdapterReadme.declaredPaths(source)), tried);
        }
    }

    private static void same(String where, Set<String> named, Set<String> tried) {
        if (!named.equals(tried)) {
            throw new AssertionError(where + " has " + named + ", the test " + tried);
        }
    }
}
