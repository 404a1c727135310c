// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import dev.llmtop.testkit.AdapterReadme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    /** GETs that run a token, wait for the engine or change something: engines-a.md, sgl-project/sglang http_server.py. */
    private static final List<String> NEVER = List.of(
            "/",
            "/health",
            "/health_generate",
            "/get_load",
            "/flush_cache",
            "/release_memory_occupation",
            "/resume_memory_occupation",
            "/slow_down",
            "/freeze_gc",
            "/start_profile",
            "/stop_profile",
            "/open_session",
            "/close_session",
            "/configure_logging",
            "/set_trace_level",
            "/weights_checker",
            "/get_weights_by_name",
            "/clear_hicache_storage_backend",
            "/start_expert_distribution_record",
            "/stop_expert_distribution_record",
            "/dump_expert_distribution_record",
            "/engine_metrics",
            "/generate",
            "/api/generate");

    private static AdapterReadme readme() throws IOException {
        return AdapterReadme.read(Path.of("README.md"));
    }

    private static List<String> declared(String type) throws IOException {
        return AdapterReadme.declaredPaths(Path.of("src/main/java/dev/llmtop/adapter/sglang/" + type + ".java"));
    }

    @Test
    void hasTheFixedHeadingsInOrder() throws IOException {
        assertThat(readme().headings()).containsExactlyElementsOf(AdapterReadme.HEADINGS);
    }

    @Test
    void namesThePathsThatTheAdaptersDeclare() throws IOException {
        assertThat(declared("SglangAdapter")).containsExactlyInAnyOrderElementsOf(Sglang.PATHS);
        TreeSet<String> declared = new TreeSet<>(declared("SglangAdapter"));
        declared.addAll(declared("SglangGatewayAdapter"));
        assertThat(readme().requestedPaths()).containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void noPathThatDoesSomethingIsDeclaredAndTheDangerousOnesAreNamed() throws IOException {
        assertThat(declared("SglangAdapter"))
                .doesNotContainAnyElementsOf(NEVER)
                .noneMatch(path -> path.startsWith("/health"));
        // To a gateway these fan out to its workers, or are a worker's words.
        assertThat(declared("SglangGatewayAdapter")).containsExactly("/readiness", "/workers");
        assertThat(List.of("/health", "/health_generate", "/flush_cache", "/engine_metrics", "api_key"))
                .allMatch(readme().text()::contains);
    }

    @Test
    void saysOfEveryMetricWhereItComesFrom() throws IOException {
        String text = readme().text();
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
