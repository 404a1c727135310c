// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmtop.agent.CommandLine;
import dev.llmtop.agent.CommandPattern;
import dev.llmtop.spi.Get;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeVllmTest {
    private static double generated(LocalProbe probe) {
        return probe.stream(Get.of("/metrics"), body -> new String(body.readAllBytes(), StandardCharsets.UTF_8))
                .value()
                .known()
                .orElseThrow()
                .lines()
                .filter(line -> line.startsWith("vllm:generation_tokens_total{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void itsCountersGrowAtTheGivenSpeed() {
        try (FakeVllm engine = FakeVllm.start("m", 10_000)) {
            LocalProbe probe = LocalProbe.to(engine.server(), "/metrics");
            long before = System.nanoTime();
            double first = generated(probe);
            await().atMost(30, TimeUnit.SECONDS).until(() -> engine.generatedTokens() > first + 3_000);
            double second = generated(probe);
            double most = (System.nanoTime() - before) / 1e9 * 10_000;

            assertThat(second - first).isGreaterThan(3_000).isLessThanOrEqualTo(most + 1);
        }
    }

    @Test
    void itsPageAtAMomentIsConsistent() {
        VllmPage page = new VllmPage("m\"x", 1_000, 0);

        assertThat(page.text(10_000_000_000L))
                .contains("vllm:generation_tokens_total{engine=\"0\",model_name=\"m\\\"x\"} 10000.0\n")
                .contains("vllm:prompt_tokens_total{engine=\"0\",model_name=\"m\\\"x\"} 40000.0\n")
                .contains("vllm:time_to_first_token_seconds_count{engine=\"0\",model_name=\"m\\\"x\"} 100.0\n");
    }

    @Test
    void aKeyGuardsItsModelsOnly() {
        try (FakeVllm engine = FakeVllm.start("m", 1, 0, "secret")) {
            LocalProbe probe = LocalProbe.to(engine.server(), "/v1/models", "/version");

            assertThat(probe.get(Get.of("/v1/models")).status()).isEqualTo(401);
            assertThat(probe.get(Get.of("/version")).okJson().path("version").asText())
                    .isEqualTo("0.11.0");
        }
    }

    @Test
    void asAProcessItLooksLikeVllmAndItsChildListens(@TempDir Path directory) throws Exception {
        try (EngineProcess engine =
                EngineProcess.vllm(directory, "tiny", 50, 0, List.of("--max-model-len", "128"), Map.of())) {
            ProcessHandle launcher = ProcessHandle.of(engine.pid()).orElseThrow();
            List<String> argv = Files.isDirectory(Path.of("/proc/self"))
                    ? List.of(Files.readString(Path.of("/proc", Long.toString(engine.pid()), "cmdline"))
                            .split("\0"))
                    : List.of("bash", "vllm", "serve", "tiny");

            assertThat(CommandPattern.parse("script:vllm serve").fits(CommandLine.of(argv)))
                    .isTrue();
            assertThat(launcher.descendants()).isNotEmpty();
            assertThat(LocalProbe.to(dev.llmtop.spi.Endpoint.tcp("127.0.0.1", engine.port()), List.of("/v1/models"))
                            .get(Get.of("/v1/models"))
                            .okJson()
                            .findPath("owned_by")
                            .asText())
                    .isEqualTo("vllm");
        }
    }
}
