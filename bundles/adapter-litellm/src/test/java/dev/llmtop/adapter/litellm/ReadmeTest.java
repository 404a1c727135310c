// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.litellm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import dev.llmtop.testkit.AdapterReadme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    /** GETs that generate, start, end or stream something: engines-b.md. */
    private static final List<String> NEVER =
            List.of("/health", "/health/services", "/health/drain", "/openapi.json", "/");

    private static AdapterReadme readme() throws IOException {
        return AdapterReadme.read(Path.of("README.md"));
    }

    private static List<String> declared() throws IOException {
        return AdapterReadme.declaredPaths(Path.of("src/main/java/dev/llmtop/adapter/litellm/LiteLlmAdapter.java"));
    }

    @Test
    void noPathThatDoesSomethingIsDeclaredAndTheDangerousOnesAreNamed() throws IOException {
        assertThat(declared())
                .doesNotContainAnyElementsOf(NEVER)
                .noneMatch(path -> path.contains("?") || path.startsWith("/upstream") || path.contains("{"));
        assertThat(List.of("/health`", "/health/services", "/health/drain")).allMatch(readme().text()::contains);
    }

    @Test
    void saysOfEveryMetricWhereItComesFrom() throws IOException {
        for (Metric metric : Metric.values()) {
            assertThat(metric == Metric.TOKENS_PER_JOULE || readme().text().contains(metric.jsonName()))
                    .as(metric.jsonName())
                    .isTrue();
        }
    }
}
