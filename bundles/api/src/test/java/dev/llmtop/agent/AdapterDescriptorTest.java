// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmtop.spi.EngineType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterDescriptorTest {
    private final Map<String, Object> properties = new HashMap<>(Map.of(
            "llmtop.kind",
            "vllm",
            "llmtop.title",
            "v\u202eLLM",
            "llmtop.ports",
            new Integer[] {8080, 9931, 1},
            "llmtop.commands",
            new String[] {"script:vllm serve", "title:VLLM::"},
            "llmtop.paths",
            new String[] {"/v1/models", "/metrics?model={model}&autoload=false"},
            "llmtop.children",
            "BACKENDS",
            "service.id",
            7L,
            "service.ranking",
            3));

    @Test
    void serviceOfAnAdapterIsReadWithItsPortsInOrder() {
        AdapterDescriptor descriptor = AdapterDescriptor.of(properties);

        assertThat(descriptor.title()).isEqualTo("vLLM");
        assertThat(descriptor.signature().ports()).containsExactly(8080, 9931, 1);
        assertThat(descriptor.signature().children()).isEqualTo(EngineType.Children.BACKENDS);
        assertThat(descriptor.origin()).isEqualTo(new AdapterDescriptor.Origin(7, 3, 0));
        assertThat(descriptor.paths()).containsExactly("/v1/models", "/metrics?model={model}&autoload=false");
        assertThat(descriptor.memberPaths()).isEmpty();
    }

    @Test
    void onePropertyMayStandAloneOrInACollection() {
        properties.put("llmtop.paths", "/version");
        properties.put("llmtop.ports", List.of(5));

        assertThat(AdapterDescriptor.of(properties).paths()).containsExactly("/version");
        assertThat(AdapterDescriptor.of(properties).signature().ports()).containsExactly(5);
    }

    @Test
    void aTitledProcessIsAPartAndNoEngine() {
        AdapterDescriptor descriptor = AdapterDescriptor.of(properties);
        CommandLine part = CommandLine.of(List.of("VLLM::EngineCore"));

        assertThat(descriptor.fits(part)).isFalse();
        assertThat(descriptor.fitsPart(part)).isTrue();
        assertThat(descriptor.fits(CommandLine.of(List.of("vllm", "serve", "m"))))
                .isTrue();
        assertThat(descriptor.fitsPart(CommandLine.of(List.of("vllm", "serve", "m"))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/*",
                "/**",
                "*",
                "",
                "v1/models",
                "/v1/../unload",
                "/v1/%2e%2e/unload",
                "/{any}",
                "/{any}/x",
                "/a/{b}c",
                "//host/x",
                "/a b",
                "/x#y",
                "http://host/",
                "/a/{b",
                "/x?{",
                "/[a-z]",
                "/x\n"
            })
    void pathsThatAreNotExactAreRefused(String path) {
        properties.put("llmtop.paths", new String[] {"/version", path});

        assertThatThrownBy(() -> AdapterDescriptor.of(properties))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wildcard");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/metrics/",
                "/api/v1/models",
                "/v2/models/{model}/stats",
                "/.well-known/localai.json",
                "/a?b={c}"
            })
    void exactPathsAreAccepted(String path) {
        properties.put("llmtop.memberPaths", path);

        assertThat(AdapterDescriptor.of(properties).memberPaths()).containsExactly(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "vLLM", "9x", "a-b", "a b"})
    void kindsThatAreNoneAreRefused(String kind) {
        properties.put("llmtop.kind", kind);

        assertThatThrownBy(() -> AdapterDescriptor.of(properties)).hasMessageContaining("kind");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536, 1_000_000_000})
    void portsThatAreNoneAreRefused(int port) {
        properties.put("llmtop.ports", new int[] {port});

        assertThatThrownBy(() -> AdapterDescriptor.of(properties)).hasMessageContaining("1..65535");
    }

    @Test
    void childrenThatAreNoneAreRefused() {
        properties.put("llmtop.children", "PETS");

        assertThatThrownBy(() -> AdapterDescriptor.of(properties)).hasMessageContaining("INSTANCES");
    }
}
