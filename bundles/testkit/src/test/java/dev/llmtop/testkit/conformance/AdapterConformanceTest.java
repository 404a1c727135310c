// SPDX-License-Identifier: MIT
package dev.llmtop.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmtop.testkit.RecordedEngine;
import dev.llmtop.testkit.TestedAdapter;
import dev.llmtop.testkit.conformance.PlantedAdapter.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

/** The suite itself: silent on an adapter that keeps the contract (all inherited tests), loud on each planted fault. */
class AdapterConformanceTest implements AdapterConformance {
    private static final Path PLACE = Path.of("src/test/resources/conformance");
    private static final List<String> PATHS = List.of("/planted/status");

    @Override
    public TestedAdapter tested() {
        return new TestedAdapter(new PlantedAdapter(), "planted", PATHS);
    }

    @Override
    public Path cases() {
        return PLACE.resolve("cases");
    }

    @Override
    public Path readme() {
        return PLACE.resolve("README.md");
    }

    private static AdapterConformance suite(TestedAdapter tested, Path readme) {
        return new PlantedSuite(tested, PLACE.resolve("cases"), readme);
    }

    private static AdapterConformance with(Fault fault) {
        return suite(new TestedAdapter(new PlantedAdapter(fault), "planted", PATHS), PLACE.resolve("README.md"));
    }

    /** The tests that fail, by name. */
    private static List<String> failing(Stream<DynamicTest> tests) {
        List<String> failing = new ArrayList<>();
        tests.forEach(test -> {
            try {
                test.getExecutable().execute();
            } catch (Throwable failed) {
                failing.add(test.getDisplayName());
            }
        });
        return failing;
    }

    @Test
    void anAdapterThatClaimsEverythingFailsOnEveryOtherEngine() {
        AdapterConformance suite = with(Fault.CLAIMS_EVERYTHING);

        assertThat(failing(suite.refusesTheAnswersOfOthers()))
                .hasSameSizeAs(RecordedEngine.all())
                .hasSizeGreaterThan(30);
        assertThat(failing(suite.survivesHostileServers())).contains("GARBAGE", "HTML_EVERYWHERE", "UNAUTHORIZED");
    }

    @Test
    void anAdapterThatBelievesAnyAnswerOfAProcessOfItsNameFails() {
        assertThat(failing(
                        with(Fault.BELIEVES_ANY_ANSWER_OF_A_PROCESS_OF_ITS_NAME).everyMetricIsKnownOrHasItsReason()))
                .containsExactly("ANOTHER_PAGE");
    }

    @Test
    void anAdapterThatAsksAnUndeclaredPathFailsOnItsOwnCaseToo() {
        AdapterConformance suite = with(Fault.ASKS_AN_UNDECLARED_PATH);

        assertThat(failing(suite.identifiesItsOwnCases())).containsExactly("idle");
        assertThat(failing(suite.everyMetricIsKnownOrHasItsReason())).hasSize(Situation.values().length);
    }

    @Test
    void anAdapterThatSwallowsTheFailureOfAnUndeclaredPathFails() {
        assertThat(failing(with(Fault.CATCHES_EVERYTHING_AND_ASKS_AN_UNDECLARED_PATH)
                        .identifiesItsOwnCases()))
                .containsExactly("idle");
    }

    @Test
    void anAdapterThatThrowsOnWhatItDoesNotExpectFails() {
        AdapterConformance suite = with(Fault.THROWS_ON_WHAT_IT_DOES_NOT_EXPECT);

        assertThat(failing(suite.identifiesItsOwnCases())).isEmpty();
        assertThat(failing(suite.refusesTheAnswersOfOthers())).isNotEmpty();
        assertThat(failing(suite.survivesHostileServers())).contains("NEVER_ANSWERS", "GARBAGE", "STATUS_OK");
    }

    @Test
    void anAdapterWithASilentGapFails() {
        assertThat(failing(with(Fault.LEAVES_A_SILENT_GAP).identifiesItsOwnCases()))
                .containsExactly("idle");
    }

    @Test
    void anAdapterThatKnowsNotEvenItsOwnFails() {
        assertThat(failing(with(Fault.KNOWS_NOT_EVEN_ITS_OWN).identifiesItsOwnCases()))
                .containsExactly("idle");
    }

    @Test
    void aReadmeThatNamesOtherPathsFailsAndSoDoesOneWithoutTheHeadings() {
        TestedAdapter good = new TestedAdapter(new PlantedAdapter(), "planted", PATHS);

        assertThatThrownBy(suite(good, PLACE.resolve("another-path.md"))::itsReadmeSaysWhatTheAdapterDoes)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("/planted/other");
        assertThatThrownBy(suite(good, Path.of("README.md"))::itsReadmeSaysWhatTheAdapterDoes)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("headings");
    }

    @Test
    void aPathWithAWildcardIsNoDeclaration() {
        TestedAdapter wild = new TestedAdapter(new PlantedAdapter(), "planted", List.of("/*"));

        assertThatThrownBy(suite(wild, PLACE.resolve("README.md"))::itsDeclarationIsAccepted)
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noCaseAtAllIsNoPass() {
        AdapterConformance without = new PlantedSuite(tested(), PLACE.resolve("nowhere"), readme());

        assertThatThrownBy(without::identifiesItsOwnCases)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("llmtop record");
    }

    @Test
    void everyKindThatShipsIsAmongTheRecordedEngines() {
        assertThat(RecordedEngine.all())
                .extracting(RecordedEngine::kind)
                .containsAll(Set.of(
                        "vllm", "llamacpp", "llamaswap", "ollama", "sglang", "tgi", "litellm", "vllmrouter", "openai"));
        assertThat(RecordedEngine.all())
                .allMatch(engine -> engine.answers().index().path("requests").size() > 0);
    }
}
