// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.litellm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    /** GETs that generate, start, end or stream something: engines-b.md. */
    private static final List<String> NEVER =
            List.of("/health", "/health/services", "/health/drain", "/openapi.json", "/");

    private static String text() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    private static List<String> declared() throws IOException {
        var group = Pattern.compile("paths = \\{([^}]*)}")
                .matcher(Files.readString(Path.of("src/main/java/dev/llmtop/adapter/litellm/LiteLlmAdapter.java")));
        assertThat(group.find()).isTrue();
        return Pattern.compile("\"([^\"]*)\"")
                .matcher(group.group(1))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    @Test
    void hasTheFixedHeadingsInOrder() throws IOException {
        assertThat(text().lines().filter(line -> line.startsWith("## ")).toList())
                .containsExactly(
                        "## What it is, tested versions",
                        "## How recognized",
                        "## Requests sent and never sent",
                        "## Metrics",
                        "## Enabling metrics",
                        "## Reasons for n/a",
                        "## Example output",
                        "## Sources");
    }

    @Test
    void namesThePathsThatTheAdapterDeclares() throws IOException {
        assertThat(text().lines()
                        .filter(line -> line.startsWith("| `/"))
                        .map(line -> line.substring(3, line.indexOf('`', 3)))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(declared());
    }

    @Test
    void noPathThatDoesSomethingIsDeclaredAndTheDangerousOnesAreNamed() throws IOException {
        assertThat(declared())
                .doesNotContainAnyElementsOf(NEVER)
                .noneMatch(path -> path.contains("?") || path.startsWith("/upstream") || path.contains("{"));
        assertThat(List.of("/health`", "/health/services", "/health/drain")).allMatch(text()::contains);
    }

    @Test
    void saysOfEveryMetricWhereItComesFrom() throws IOException {
        for (Metric metric : Metric.values()) {
            assertThat(metric == Metric.TOKENS_PER_JOULE || text().contains(metric.jsonName()))
                    .as(metric.jsonName())
                    .isTrue();
        }
    }
}
