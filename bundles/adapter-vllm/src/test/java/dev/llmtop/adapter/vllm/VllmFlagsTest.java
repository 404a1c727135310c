// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.spi.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VllmFlagsTest {
    private static VllmFlags flags(String... argv) {
        return VllmFlags.of(Vllm.hinted(Endpoint.tcp("127.0.0.1", 8000), argv));
    }

    @Test
    void readsEveryFormOfTheLaunchers() {
        assertThat(flags("python3", "/usr/bin/vllm", "serve", "org/m").model()).contains("org/m");
        assertThat(flags("vllm", "serve", "--model", "org/m").model()).contains("org/m");
        assertThat(flags("python", "-m", "vllm.entrypoints.openai.api_server", "--model=org/m")
                        .model())
                .contains("org/m");
        assertThat(flags("python", "-m", "vllm.entrypoints.cli.main", "serve", "org/m")
                        .model())
                .contains("org/m");
        assertThat(flags("vllm", "bench", "serve").known()).isFalse();
        assertThat(flags("tail", "-f", "vllm.log").known()).isFalse();
    }

    @Test
    void readsEveryFormOfAnOption() {
        assertThat(flags("vllm", "serve", "m", "-tp", "4").number("--tensor-parallel-size", "-tp"))
                .contains(4L);
        assertThat(flags("vllm", "serve", "m", "--tensor_parallel_size=4").number("--tensor-parallel-size"))
                .contains(4L);
        assertThat(flags("vllm", "serve", "m", "--speculative_config.method", "ngram")
                        .has("--speculative-config"))
                .isTrue();
        assertThat(flags("vllm", "serve", "m").has("--speculative-config", "-sc"))
                .isFalse();
        assertThat(flags("vllm", "serve", "m", "--enforce-eager").on("--enforce-eager"))
                .isTrue();
        assertThat(flags("vllm", "serve", "m", "--enforce_eager", "--no-enforce-eager")
                        .on("--enforce-eager"))
                .isFalse();
        assertThat(flags("vllm", "serve", "m", "--enforce-eager=False").on("--enforce-eager"))
                .isFalse();
    }

    @Test
    void readsServedNames() {
        assertThat(flags("vllm", "serve", "m", "--served-model-name", "a", "b", "--port", "1")
                        .servedNames())
                .containsExactly("a", "b");
        assertThat(flags("vllm", "serve", "m", "--served_model_name=a").servedNames())
                .containsExactly("a");
        assertThat(flags("vllm", "serve", "org/m").servedNames()).containsExactly("org/m");
        assertThat(flags("vllm", "serve").servedNames()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2048, 2048", "32k, 32000", "32K, 32768", "1m, 1000000", "1M, 1048576", "2g, 2000000000"})
    void readsNumbersAsVllmDoes(String text, long tokens) {
        assertThat(VllmFlags.tokens(text)).contains(tokens);
    }

    @ParameterizedTest
    @CsvSource({"auto", "-1", "1e3", "999999999999G", "k", "99999999999999999999"})
    void refusesWhatIsNoNumber(String text) {
        assertThat(VllmFlags.tokens(text)).isEmpty();
    }

    @Test
    void aConfigurationFileIsReadAndTheCommandLineWins() {
        VllmFlags flags = flags("vllm", "serve", "org/m", "--config", "c.yaml", "--max-num-seqs", "8")
                .withFile("""
                        # settings
                        max-num-seqs: 64   # fewer
                        served-model-name: "a b"
                        max_model_len: 16K
                        enforce-eager: true
                        nested:
                          tensor-parallel-size: 3
                        - junk
                        : {
                        """);
        assertThat(flags.model()).contains("org/m");
        assertThat(flags.number("--max-num-seqs")).contains(8L);
        assertThat(flags.number("--max-model-len")).contains(16_384L);
        assertThat(flags.servedNames()).containsExactly("a b");
        assertThat(flags.on("--enforce-eager")).isTrue();
        assertThat(flags.number("--tensor-parallel-size")).isEmpty();
        assertThat(flags("vllm", "serve").withFile("model: org/n\n").model()).contains("org/n");
        assertThat(flags("python", "-m", "vllm.entrypoints.openai.api_server")
                        .withFile("model: org/n\n")
                        .model())
                .contains("org/n");
    }

    @Test
    void knowsPoolingServers() {
        assertThat(flags("vllm", "serve", "m", "--runner", "pooling").pooling()).isTrue();
        assertThat(flags("vllm", "serve", "m", "--task", "embed").pooling()).isTrue();
        assertThat(flags("vllm", "serve", "m", "--task", "generate", "--runner", "auto", "--convert", "none")
                        .pooling())
                .isFalse();
    }
}
