// SPDX-License-Identifier: MIT
package dev.llmtop.testkit.conformance;

import dev.llmtop.testkit.AdapterCase;
import dev.llmtop.testkit.AdapterReadme;
import dev.llmtop.testkit.Hostility;
import dev.llmtop.testkit.RecordedEngine;
import dev.llmtop.testkit.TestedAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every adapter must pass, as tests of JUnit 5: a class that implements it inherits them all.
 *
 * <pre>{@code
 * class NimbusConformanceTest implements AdapterConformance {
 *     public TestedAdapter tested() {
 *         return new TestedAdapter(new NimbusAdapter(), "nimbus", List.of("/nimbus/info", "/metrics"));
 *     }
 * }
 * }</pre>
 *
 * It takes the adapter's recorded answers from {@code src/test/resources/cases}, its README from the module's folder and its source
 * from {@code src/main/java}, relative to the working directory as Maven sets it.
 */
public interface AdapterConformance {
    /** The adapter with what its {@link dev.llmtop.spi.EngineType} says. */
    TestedAdapter tested();

    /** The folder of recorded cases. */
    default Path cases() {
        return Path.of("src/test/resources/cases");
    }

    /** The adapter's README. */
    default Path readme() {
        return Path.of("README.md");
    }

    /** Names of {@link RecordedEngine}s that the adapter may claim though they are of another kind; each should have its reason. */
    default Set<String> relatives() {
        return Set.of();
    }

    /** Each case is recognized, described and measured as its {@code expected.json} says; without one, without a silent gap. */
    @TestFactory
    default Stream<DynamicTest> identifiesItsOwnCases() {
        List<AdapterCase> own = Files.isDirectory(cases()) ? AdapterCase.below(cases(), tested()) : List.of();
        if (own.isEmpty()) {
            throw new AssertionError(
                    "no recorded case in " + cases().toAbsolutePath() + ": llmtop record URL DIR makes one");
        }
        return own.stream().map(each -> DynamicTest.dynamicTest(each.toString(), () -> OwnCase.check(each, tested())));
    }

    /** Answers of other engines are not taken for its own. */
    @TestFactory
    default Stream<DynamicTest> refusesTheAnswersOfOthers() {
        Checks checks = new Checks(tested());
        return RecordedEngine.all().stream()
                .filter(other ->
                        !other.kind().equals(tested().kind()) && !relatives().contains(other.name()))
                .map(other -> DynamicTest.dynamicTest(other.toString(), () -> checks.refuses(other)));
    }

    /** Lying, stalling and flooding servers cost neither an exception nor a claim nor more than the time of the requests. */
    @TestFactory
    default Stream<DynamicTest> survivesHostileServers() {
        Checks checks = new Checks(tested());
        return Stream.of(Hostility.values())
                .map(hostility -> DynamicTest.dynamicTest(hostility.name(), () -> checks.survives(hostility)));
    }

    /** Where nothing is there, closed, loading or without a metrics page, every metric has its reason. */
    @TestFactory
    default Stream<DynamicTest> everyMetricIsKnownOrHasItsReason() {
        Checks checks = new Checks(tested());
        return Stream.of(Situation.values())
                .map(situation -> DynamicTest.dynamicTest(situation.name(), () -> checks.explainsGaps(situation)));
    }

    /** The declaration is one that llmtop accepts: a kind in small letters, paths without a wildcard. */
    @Test
    default void itsDeclarationIsAccepted() {
        new Checks(tested()).declaration();
    }

    /** The README has the headings of all adapters and names the requests that the adapter declares. */
    @Test
    default void itsReadmeSaysWhatTheAdapterDoes() throws IOException {
        Papers.check(AdapterReadme.read(readme()), tested());
    }
}
