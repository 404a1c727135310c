// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of the distribution say what the program does. */
class PublishedPagesTest {
    private static final Path PAGES = Path.of("../../launcher/src/main/dist/docs");

    @Test
    void thePageOfTheSnapshotNamesEveryFieldAndEveryCode() throws IOException {
        String page = Files.readString(PAGES.resolve("snapshot.md"));
        Set<String> words = new TreeSet<>();
        collect(new ContractSchema().tree(), words);
        assertThat(words).hasSizeGreaterThan(150).contains("kvCacheUsedRatio", "not-safe", "sinceStart");
        assertThat(words.stream().filter(word -> !page.contains(word)).toList()).isEmpty();
    }

    @Test
    void theExampleOfAnAdapterCompiles(@TempDir Path directory) throws IOException {
        Matcher example = Pattern.compile("```java\n(package .*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGES.resolve("adapters.md")));
        assertThat(example.find()).isTrue();
        String code = example.group(1);
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///NimbusAdapter.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return code;
                    }
                };
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        boolean compiled = compiler.getTask(
                        complaints,
                        null,
                        null,
                        List.of("-cp", classPath, "-d", directory.toString(), "-proc:none"),
                        null,
                        List.of(source))
                .call();
        assertThat(compiled).as(complaints.toString()).isTrue();
    }

    private static void collect(JsonNode node, Set<String> words) {
        node.path("properties").fieldNames().forEachRemaining(words::add);
        node.path("enum").forEach(code -> words.add(code.asText()));
        node.forEach(below -> collect(below, words));
    }
}
