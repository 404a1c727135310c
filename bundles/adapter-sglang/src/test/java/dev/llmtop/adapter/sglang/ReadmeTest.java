// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
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

    @Test
    void namesThePathsThatTheAdaptersDeclare() throws IOException {
        List<String> declared = new ArrayList<>();
        declared.addAll(declared("SglangAdapter", "paths = \\{([^}]*)}"));
        assertThat(declared).containsExactlyInAnyOrderElementsOf(Sglang.PATHS);
        declared.addAll(declared("SglangGatewayAdapter", "paths = \\{([^}]*)}"));
        declared.addAll(declared("SglangGatewayAdapter", "memberPaths = ([^,]*),"));
        List<String> rows = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("| `/"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
        assertThat(rows).containsExactlyInAnyOrderElementsOf(new TreeSet<>(declared));
    }

    @Test
    void noPathThatDoesSomethingIsDeclaredAndTheDangerousOnesAreNamed() throws IOException {
        List<String> declared = new ArrayList<>(declared("SglangAdapter", "paths = \\{([^}]*)}"));
        declared.addAll(declared("SglangGatewayAdapter", "paths = \\{([^}]*)}"));
        assertThat(declared).doesNotContainAnyElementsOf(NEVER).noneMatch(path -> path.startsWith("/health"));
        // To a gateway these fan out to its workers, or are a worker's words.
        assertThat(declared("SglangGatewayAdapter", "paths = \\{([^}]*)}")).containsExactly("/readiness", "/workers");
        String text = Files.readString(Path.of("README.md"));
        assertThat(List.of("/health", "/health_generate", "/flush_cache", "/engine_metrics", "api_key"))
                .allMatch(text::contains);
    }

    private static List<String> declared(String type, String group) throws IOException {
        return quoted(
                Pattern.compile(group),
                Files.readString(Path.of("src/main/java/dev/llmtop/adapter/sglang/" + type + ".java")));
    }

    @Test
    void saysOfEveryMetricWhereItComesFrom() throws IOException {
        String text = Files.readString(Path.of("README.md"));
        for (Metric metric : Metric.values()) {
            boolean ofTheAgent = metric == Metric.TOKENS_PER_JOULE;
            boolean never =
                    metric == Metric.MODEL_LOAD_PROGRESS_RATIO || metric == Metric.SPECULATIVE_ACCEPTANCE_BY_POSITION;
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
