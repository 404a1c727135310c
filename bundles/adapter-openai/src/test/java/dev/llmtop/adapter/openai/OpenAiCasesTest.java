// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.spi.Engine;
import dev.llmtop.testkit.AdapterCase;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import dev.llmtop.testkit.TestedAdapter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks the recorded and hand-made cases; what is expected was written by hand, its source stands in each {@code expected.json}. */
class OpenAiCasesTest {
    static Stream<AdapterCase> cases() {
        TestedAdapter tested = new TestedAdapter(new OpenAiAdapter(), "openai", OpenAiAdapterTest.PATHS);
        return AdapterCase.below(Path.of("src/test/resources/cases"), tested).stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRecognized(AdapterCase each) {
        each.checkMatch();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isDescribed(AdapterCase each) {
        each.checkDescription();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isMeasured(AdapterCase each) {
        each.checkReading();
    }

    /** TensorRT-LLM's /metrics drains what it counts; llama-cpp-python has none, and its list of models cancels a stream. */
    @ParameterizedTest
    @MethodSource("cases")
    void whatDisturbsIsNotAsked(AdapterCase each) {
        List<String> forbidden = switch (each.toString()) {
            case "tensorrt-llm" -> List.of("/metrics");
            case "llama-cpp-python-0.3.30-idle" -> List.of("/metrics", "/v1/models");
            default -> List.of();
        };
        try (EngineServer server = each.folder().start()) {
            LocalProbe probe = LocalProbe.to(server.endpoint(), OpenAiAdapterTest.PATHS);
            Engine engine = new TestedAdapter(new OpenAiAdapter(), "openai", OpenAiAdapterTest.PATHS)
                    .described(TestedAdapter.stranger(server.endpoint()), probe);
            new OpenAiAdapter().metrics(engine, probe);
            assertThat(server.paths()).isNotEmpty().noneMatch(forbidden::contains);
        }
    }
}
