// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.unknown;

import dev.llmtop.testkit.AdapterCase;
import dev.llmtop.testkit.TestedAdapter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks the cases, made by hand; what is expected stands in each {@code expected.json}. */
class UnknownCasesTest {
    private static final List<String> PATHS =
            List.of("/v1/models", "/version", "/props", "/model_info", "/info", "/api/version", "/readiness");

    static Stream<AdapterCase> cases() {
        // The hint of a process for which there is no adapter.
        TestedAdapter tested = new TestedAdapter(new UnknownAdapter(), "tei", PATHS);
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
}
