// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllmrouter;

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
    void namesThePathsThatTheAdapterDeclaresAndNoneThatReachesAnEngine() throws IOException {
        List<String> declared = AdapterReadme.declaredPaths(
                Path.of("src/main/java/dev/llmtop/adapter/vllmrouter/VllmRouterAdapter.java"));
        assertThat(declared).containsExactlyElementsOf(VllmRouter.PATHS);
        assertThat(declared).doesNotContain("/is_sleeping", "/v1/audio/voices", "/v1/files", "/v1/batches");
        assertThat(AdapterReadme.read(README).requestedPaths()).containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void saysOfEveryMetricWhereItComesFrom() throws IOException {
        String text = AdapterReadme.read(README).text();
        for (Metric metric : Metric.values()) {
            assertThat(metric == Metric.TOKENS_PER_JOULE || text.contains(metric.jsonName()))
                    .as(metric.jsonName())
                    .isTrue();
        }
    }
}
