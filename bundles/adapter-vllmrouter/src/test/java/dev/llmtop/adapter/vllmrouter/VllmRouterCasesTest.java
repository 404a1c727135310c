// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllmrouter;

import dev.llmtop.testkit.AdapterCase;
import dev.llmtop.testkit.TestedAdapter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks the recorded and hand-made cases; what is expected was written by hand, its source stands in each {@code expected.json}. */
class VllmRouterCasesTest {
    static Stream<AdapterCase> cases() {
        TestedAdapter tested = new TestedAdapter(new VllmRouterAdapter(), "vllmrouter", VllmRouter.PATHS);
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

    @ParameterizedTest
    @MethodSource("cases")
    void growsBetweenTwoReadings(AdapterCase each) {
        each.checkStep();
    }
}
