// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.tgi;

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
    void namesThePathsThatTheAdapterDeclaresAndNoneThatTouchesTheModel() throws IOException {
        List<String> declared =
                AdapterReadme.declaredPaths(Path.of("src/main/java/dev/llmtop/adapter/tgi/TgiAdapter.java"));
        assertThat(declared).containsExactlyElementsOf(Tgi.PATHS);
        // A GPU allocation test, and while unhealthy a prefill: engines-a.md, backends/v3/src/backend.rs health.
        assertThat(declared).doesNotContain("/", "/health", "/ping", "/generate", "/v1/health", "/v2/health/ready");
        assertThat(AdapterReadme.read(README).requestedPaths()).containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void saysOfEveryMetricWhereItComesFrom() throws IOException {
        String text = AdapterReadme.read(README).text();
        for (Metric metric : Metric.values()) {
            boolean ofTheAgent = metric == Metric.TOKENS_PER_JOULE;
            boolean never =
                    metric == Metric.MODEL_LOAD_PROGRESS_RATIO || metric == Metric.SPECULATIVE_ACCEPTANCE_BY_POSITION;
            assertThat(ofTheAgent || never || text.contains(metric.jsonName()))
                    .as(metric.jsonName())
                    .isTrue();
        }
    }
}
