// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.litellm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.testkit.AdapterCase;
import dev.llmtop.testkit.TestedAdapter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks the recorded and hand-made cases for what only this engine has. */
class LiteLlmCasesTest {
    static Stream<AdapterCase> cases() {
        TestedAdapter tested = new TestedAdapter(new LiteLlmAdapter(), "litellm", LiteLlm.PATHS);
        return AdapterCase.below(Path.of("src/test/resources/cases"), tested).stream();
    }

    /** Their labels name keys, teams and persons. */
    @ParameterizedTest
    @MethodSource("cases")
    void noSeriesIsPassedOnByItsLabels(AdapterCase each) {
        assertThat(each.readings()).allSatisfy(reading -> {
            assertThat(reading.extra()).isEmpty();
            assertThat(reading.models()).isEmpty();
        });
    }
}
