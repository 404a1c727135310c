// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.litellm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
    private static final Deployment QWEN =
            new Deployment("qwen", "Qwen/Qwen3-8B", "hosted_vllm", "http://127.0.0.1:8000");
    private static final Deployment GPT = new Deployment("gpt", "gpt-4o", "openai", "");

    @Test
    void blockStyleIsRead() {
        String yaml = """
                # a comment
                general_settings:
                  master_key: sk-secret-1
                model_list:
                  - model_name: qwen   # the fast one
                    litellm_params:
                      model: hosted_vllm/Qwen/Qwen3-8B
                      api_base: "http://127.0.0.1:8000/v1"
                      api_key: sk-secret-2
                      extra_headers:
                        model: not/this
                        api_base: http://not.this
                    model_info:
                      description: |
                        api_base: http://nor.this
                  - litellm_params:
                      model: openai/gpt-4o
                      api_key: os.environ/OPENAI_API_KEY
                    model_name: 'gpt'
                router_settings:
                  model_name: nothing
                """;
        assertThat(ConfigFile.deployments(yaml)).containsExactly(QWEN, GPT);
        assertThat(ConfigFile.deployments(yaml).toString()).doesNotContain("secret");
    }

    @Test
    void dashesMayStandUnderTheirKey() {
        assertThat(ConfigFile.deployments("""
                model_list:
                - model_name: qwen
                  litellm_params:
                    api_base: http://127.0.0.1:8000
                    model: hosted_vllm/Qwen/Qwen3-8B
                -
                  model_name: gpt
                  litellm_params: {model: openai/gpt-4o, api_key: sk-secret-3}
                litellm_settings:
                  callbacks: ["prometheus"]
                """)).containsExactly(QWEN, GPT);
    }

    @Test
    void flowStyleIsRead() {
        String json = """
                {"model_list": [
                 {"model_name": "qwen", "litellm_params": {"model": "hosted_vllm/Qwen/Qwen3-8B",
                  "api_base": "http://127.0.0.1:8000/v1", "api_key": "sk-\\"secret"}},
                 {"model_name": "gpt", "litellm_params": {"model": "openai/gpt-4o"}}
                ], "general_settings": {"master_key": "sk-secret"}}""";
        assertThat(ConfigFile.deployments(json)).containsExactly(QWEN, GPT);
        assertThat(ConfigFile.deployments("""
                model_list: [{model_name: gpt, litellm_params: {model: openai/gpt-4o}}]
                other: 1
                """)).containsExactly(GPT);
    }

    @Test
    void secretsOfAUrlStayBehind() {
        List<Deployment> made = ConfigFile.deployments("""
                model_list:
                  - model_name: a
                    litellm_params:
                      model: openai/x
                      api_base: https://user:secret@far.example:8443/v1?api_key=secret#secret
                """);
        assertThat(made).containsExactly(new Deployment("a", "x", "openai", "https://far.example:8443"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "model_list:",
                "model_list: nothing",
                "model_list:\n  - ",
                "model_list:\n  - - - a",
                "model_list:\n  - *anchor",
                "model_list:\n  - {model_name: [",
                "{\"model_list\": [{\"model_name\": \"a\"",
                "{\"model_list\": 7}",
                "\u0000\u0001",
                "{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{"
            })
    void whatIsNoListIsNone(String yaml) {
        assertThat(ConfigFile.deployments(yaml)).isEmpty();
    }

    @Test
    void aHugeOrDeepFileEnds() {
        assertThat(ConfigFile.deployments("[".repeat(500_000))).isEmpty();
        assertThat(ConfigFile.deployments("{model_list: " + "[".repeat(500_000)))
                .isEmpty();
        String many = "model_list:\n" + "  - model_name: a\n    litellm_params: {model: openai/x}\n".repeat(20_000);
        assertThat(ConfigFile.deployments(many)).hasSizeLessThanOrEqualTo(2_000);
    }
}
