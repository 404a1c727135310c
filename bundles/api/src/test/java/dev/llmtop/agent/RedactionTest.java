// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --api-key SECRET1                                  | --api-key ***
            --api-key=SECRET1                                  | --api-key=***
            --api_key SECRET1 --port 1                         | --api_key *** --port 1
            --apiKey SECRET1                                   | --apiKey ***
            --token SECRET1                                    | --token ***
            --hf-token SECRET1                                 | --hf-token ***
            --master-key=SECRET1                               | --master-key=***
            --password SECRET1                                 | --password ***
            --api-key SECRET1 SECRET2 --port 8000              | --api-key *** *** --port 8000
            --api-key -SECRET1 --port 8000                     | --api-key *** --port 8000
            --api-keys SECRET1 SECRET2                         | --api-keys *** ***
            --api-key-prod SECRET1                             | --api-key-prod ***
            VLLM_API_KEY=SECRET1                               | VLLM_API_KEY=***
            -e HF_TOKEN=SECRET1 image                          | -e HF_TOKEN=*** image
            -e LITELLM_MASTER_KEY=SECRET1                      | -e LITELLM_MASTER_KEY=***
            --x hf_SECRET1                                     | --x ***
            --x sk-SECRET1                                     | --x ***
            --x=sk-SECRET1-a_b                                 | --x=***
            --x ghp_SECRET1x                                   | --x ***
            --x eyJSECRET1xxxx.SECRET1.SECRET1                 | --x ***
            http://me:SECRET1@host:8000/v1                     | http://***@host:8000/v1
            https://me:SECRET1@x@host/v1                       | https://***@host/v1
            --db postgresql://u:SECRET1@db/x                   | --db postgresql://***@db/x
            --proxy me:SECRET1@host:3128                       | --proxy ***@host:3128
            --url http://h/v1?api_key=SECRET1&model=x          | --url http://h/v1?api_key=***&model=x
            --url http://h/v1?a=b&token=SECRET1                | --url http://h/v1?a=b&token=***
            """)
    void secretsAreGoneAndTheRestStaysReadable(String line, String redacted) {
        assertThat(String.join(" ", Redaction.arguments(words(line)))).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--max-tokens 5",
                "--max_tokens=5",
                "--tokenizer x",
                "--tokenizer-mode auto",
                "--skip-tokenizer-init --port 5",
                "--max-num-batched-tokens 8192",
                "--max-num-batched-tokens=8192",
                "--long-prefill-token-threshold 512",
                "--image-max-tokens 1024",
                "--eos-token 2",
                "--stop-token-ids 1 2",
                "--return-tokens-as-token-ids x",
                "--max-batch-prefill-tokens 4096",
                "--max-total-tokens 4096",
                "--n-predict 5",
                "--kv-cache-dtype fp8",
                "--key-cache-dtype fp8",
                "--ssl-keyfile F",
                "--ssl-key-file F",
                "--api-key-file /etc/keys",
                "--hf-token-path /etc/t",
                "--served-model-name tiny",
                "-ctk q8_0 -ctv q8_0",
                "--disable-auth x",
                "--trust-remote-code -tp 2",
                "--model llama3:8b@sha256:0011",
                "registry/task-1234567:latest",
                "--gpu-memory-utilization .9",
                "{\"method\":\"ngram\",\"num_speculative_tokens\":3}",
                "--listen 127.0.0.1:8080",
                "http://host:8000/v1?model=a&autoload=false"
            })
    void whatIsNoSecretStaysReadable(String line) {
        assertThat(String.join(" ", Redaction.arguments(words(line)))).isEqualTo(line);
    }

    @Test
    void jsonInAnArgumentStaysJsonWithoutItsSecrets() {
        String json =
                "{\"a\": 1, \"api_key\": \"SECRET 1\", \"tokens\": [\"SECRET\", \"S2\"], \"max_tokens\": 5, \"token\":\"SECRET\"}";

        assertThat(Redaction.arguments(List.of("--config", json)).get(1))
                .isEqualTo(
                        "{\"a\": 1, \"api_key\": \"***\", \"tokens\": \"***\", \"max_tokens\": 5, \"token\":\"***\"}");
    }

    @Test
    void escapedJsonLosesItsSecretsToo() {
        assertThat(Redaction.text("{\\\"api_key\\\": \\\"SECRET\\\"}")).doesNotContain("SECRET");
    }

    @Test
    void aShellsTextIsRedactedInside() {
        String code = "cd /x && VLLM_API_KEY=SECRET1 vllm serve m --api-key SECRET2 --max-tokens 5 --port 8000";

        assertThat(Redaction.arguments(List.of("bash", "-c", code)).get(2))
                .isEqualTo("cd /x && VLLM_API_KEY=*** vllm serve m --api-key *** --max-tokens 5 --port 8000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer SECRET",
                "authorization: Token SECRET",
                "-H 'Authorization: Basic SECRET=='",
                "X-Api-Key: SECRET",
                "bearer SECRET",
                "{\"Authorization\": \"Bearer SECRET\"}",
                "api-key=\"SECRET with blanks\"",
                "--api-key 'SECRET with blanks'",
            })
    void headersAndQuotedValuesAreRedactedInAnyText(String text) {
        assertThat(Redaction.text(text)).doesNotContain("SECRET").contains(Redaction.HIDDEN);
    }

    @Test
    void aSettingIsHiddenByItsNameOrItsShape() {
        assertThat(Redaction.setting("OLLAMA_HOST", "0.0.0.0")).isEqualTo("0.0.0.0");
        assertThat(Redaction.setting("LLAMA_API_KEY", "x")).isEqualTo("***");
        assertThat(Redaction.setting("ANY", "hf_abcdef")).isEqualTo("***");
        assertThat(Redaction.setting("HF_HUB_OFFLINE", "1")).isEqualTo("1");
    }

    @Test
    void anArgumentVectorKeepsItsLength() {
        List<String> argv = List.of("vllm", "serve", "--api-key", "a", "b", "--", "-", "", "--x=");

        assertThat(Redaction.arguments(argv)).hasSameSizeAs(argv).endsWith("--", "-", "", "--x=");
    }

    @Test
    void hostileTextsAreRedactedInTime() {
        List<String> hostile = List.of(
                "a=\"".repeat(400_000),
                "-a ".repeat(400_000),
                "://".repeat(400_000),
                "a:".repeat(400_000),
                "\"token\":[".repeat(100_000),
                "eyJ".repeat(400_000),
                "x".repeat(1_000_000));
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Redaction.arguments(hostile));
    }

    private static List<String> words(String line) {
        return Arrays.asList(line.split(" "));
    }
}
