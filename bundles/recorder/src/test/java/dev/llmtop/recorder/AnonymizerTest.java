// SPDX-License-Identifier: MIT
package dev.llmtop.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnonymizerTest {
    private final Anonymizer anonymizer = new Anonymizer(List.of("gpubox17.lab.example", "gpubox17", "vm"));

    private String json(String text) throws Exception {
        JsonNode tree = new ObjectMapper().readTree(text);
        String clean = anonymizer.body(text, tree);
        assertThat(new ObjectMapper().readTree(clean).size()).isEqualTo(tree.size());
        return clean;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/home/anna/models/q.gguf | /home/user/models/q.gguf",
                "/Users/anna/m | /home/user/m",
                "/root/.cache/hub | /home/user/.cache/hub",
                "http://anna:pw@10.1.2.3:8000/v1 | http://***@192.0.2.1:8000/v1",
                "made on GPUBOX17 by anna@lab.example | made on host by person@example.org",
                "Bearer abcdef | Bearer ***",
                "hf_AbCdEfGhIj | ***",
                "GPU-0a1b2c3d-1111-2222-3333-0123456789ab | GPU-00000000-0000-0000-0000-000000000000"
            })
    void whatIsNobodysBusinessIsTakenOut(String text, String clean) {
        assertThat(anonymizer.text(text)).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://127.0.0.1:8000",
                "0.0.0.0:8000",
                "version 0.32.0",
                "1.74.9.2-rc",
                "/rootfs/models",
                "max_tokens=4096",
                "a vm runs it",
                "vllm:generation_tokens_total{model_name=\"org/m\"} 12.0"
            })
    void whatTheEngineSaysStays(String text) {
        assertThat(anonymizer.text(text)).isEqualTo(text);
    }

    @Test
    void jsonStaysJsonAndSecretsGoByTheirNamesToo() throws Exception {
        assertThat(json("{\"api_key\":\"plain words\",\"path\":\"/home/anna/m\",\"n\":1.50,\"list\":[\"sk-abcdef\"]}"))
                .doesNotContain("plain words", "anna", "sk-abcdef")
                .contains("/home/user/m", "\"n\":1.5");
        assertThat(json("{ \"version\" : \"0.32.0\" }")).isEqualTo("{ \"version\" : \"0.32.0\" }");
    }

    @Test
    void aLongPageIsKeptWhole() {
        String page = "engine_series{label=\"x\"} 1\n".repeat(5_000);
        assertThat(anonymizer.body(page, MissingNode.getInstance())).isEqualTo(page);
        assertThat(anonymizer.body(page + "path{p=\"/home/anna/x\"} 1\n", MissingNode.getInstance()))
                .endsWith("path{p=\"/home/user/x\"} 1\n")
                .startsWith(page);
    }
}
