// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Reading;
import dev.llmtop.testkit.ReadingCoverage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every adapter that ships, every metric, and every situation in which an engine tells less than it could: no silent gap, and reasons
 * that name what helps. What they must say is data, a file for each kind.
 */
class WhyNotAvailableTest {
    private static final Map<String, EngineCase> CASES =
            EngineCase.all().stream().collect(Collectors.toMap(EngineCase::name, Function.identity()));

    private static final Map<String, ShippedAdapter> SHIPPED =
            ShippedAdapter.all().stream().collect(Collectors.toMap(ShippedAdapter::kind, Function.identity()));

    /** A flag, a key of a configuration file, or an environment variable. */
    private static final Pattern SWITCH = Pattern.compile("--[a-z]|[a-z_]{4,}: |[A-Z]{4,}_[A-Z_]{4,}");

    static Stream<Situation> situations() {
        return SHIPPED.keySet().stream()
                .sorted()
                .flatMap(kind -> Situation.NAMES.stream().map(name -> Situation.of(kind, name)));
    }

    @ParameterizedTest
    @MethodSource("situations")
    void nothingIsMissingWithoutAReasonThatHelps(Situation situation) {
        if (situation.never()) {
            assertThat(words(situation.data().path("never").asText())).hasSizeGreaterThan(3);
            return;
        }
        Situation.Said said = situation.ask(SHIPPED.get(situation.kind()), CASES);
        Reading reading = said.reading();
        assertThat(ReadingCoverage.silentGaps(reading)).isEmpty();
        Map<String, String> wrong = new TreeMap<>();
        for (Metric metric : Metric.values()) {
            Optional<Value.Unavailable<?>> missing = reading.figures().missing(metric);
            missing.flatMap(WhyNotAvailableTest::flaw).ifPresent(flaw -> wrong.put(metric.jsonName(), flaw));
            JsonNode expected = situation.data().path("says").path(metric.jsonName());
            if (!expected.isMissingNode() && !fits(missing, expected)) {
                wrong.put(metric.jsonName(), "should be " + expected + ", but is " + missing);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(situation.data().path("says")).as("what helps").isNotEmpty();
        assertThat(situation.data().path("says").fieldNames())
                .toIterable()
                .isSubsetOf(Arrays.stream(Metric.values()).map(Metric::jsonName).toList());
        String state = situation.data().path("state").asText("");
        assertThat(state).isIn("", reading.state().map(Enum::name).orElse("none"));
    }

    private static boolean fits(Optional<Value.Unavailable<?>> missing, JsonNode expected) {
        return missing.isPresent()
                && missing.get().reason().code().equals(expected.path(0).asText())
                && missing.get().detail().contains(expected.path(1).asText());
    }

    /** What is wrong with a reason, whatever it is for. */
    private static Optional<String> flaw(Value.Unavailable<?> why) {
        String detail = why.detail();
        boolean helps = SWITCH.matcher(detail).find();
        if (words(detail).size() < 3 && !helps || detail.contains("null") || detail.contains("Exception")) {
            return Optional.of("says nothing to a person: " + why);
        }
        if (why.reason() == Reason.DISABLED && !helps) {
            return Optional.of("names no switch: " + why);
        }
        return why.reason() == Reason.NEEDS_KEY && !detail.contains("LLMTOP_API_KEY")
                ? Optional.of("does not say where a key comes from: " + why)
                : Optional.empty();
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}
