// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import dev.llmtop.testkit.AdapterReadme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path README = Path.of("README.md");

    @Test
    void hasTheFixedHeadingsInOrder() throws IOException {
        assertThat(AdapterReadme.read(README).headings()).containsExactlyElementsOf(AdapterReadme.HEADINGS);
    }

    @Test
    void namesThePathsThatTheAdapterDeclares() throws IOException {
        List<String> declared =
                AdapterReadme.declaredPaths(Path.of("src/main/java/dev/llmtop/adapter/ollama/OllamaAdapter.java"));
        assertThat(declared).containsExactlyInAnyOrderElementsOf(Ollama.PATHS);
        assertThat(AdapterReadme.read(README).requestedPaths()).containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void saysOfEveryMetricWhereItComesFrom() throws IOException {
        String text = AdapterReadme.read(README).text();
        for (Metric metric : Metric.values()) {
            boolean ofTheAgent = metric == Metric.TOKENS_PER_JOULE;
            boolean never = metric == Metric.MODEL_LOAD_PROGRESS_RATIO || metric == Metric.KV_CACHE_USED_TOKENS;
            assertThat(ofTheAgent || never || text.contains(metric.jsonName()))
                    .as(metric.jsonName())
                    .isTrue();
        }
    }
}
