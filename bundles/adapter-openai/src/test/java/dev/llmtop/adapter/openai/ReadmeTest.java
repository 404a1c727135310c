// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    @Test
    void hasTheFixedHeadingsInOrder() throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md")).stream()
                        .filter(line -> line.startsWith("## "))
                        .toList())
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
        String source = Files.readString(Path.of("src/main/java/dev/llmtop/adapter/openai/OpenAiAdapter.java"));
        List<String> declared = quoted(Pattern.compile("paths = \\{([^}]*)}"), source);
        assertThat(declared).containsExactlyInAnyOrderElementsOf(OpenAiAdapterTest.PATHS);
        List<String> rows = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("| `/"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
        assertThat(rows).containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void saysOfEveryMetricWhereItComesFrom() throws IOException {
        String text = Files.readString(Path.of("README.md"));
        for (Metric metric : Metric.values()) {
            boolean ofTheAgent = metric == Metric.TOKENS_PER_JOULE;
            boolean never = metric == Metric.MODEL_LOAD_PROGRESS_RATIO || metric == Metric.KV_CACHE_USED_TOKENS;
            assertThat(ofTheAgent || never || text.contains(metric.jsonName()))
                    .as(metric.jsonName())
                    .isTrue();
        }
    }

    private static List<String> quoted(Pattern group, String source) {
        var found = group.matcher(source);
        assertThat(found.find()).isTrue();
        return Pattern.compile("\"([^\"]*)\"")
                .matcher(found.group(1))
                .results()
                .map(result -> result.group(1))
                .toList();
    }
}
