// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.ServedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a case's {@code expected.json} says. What it does not name is not checked, unless said otherwise:
 *
 * <ul>
 *   <li>{@code match}: {@code strength}, {@code state}, {@code title}
 *   <li>{@code version} ({@code ""}: none), {@code role}, {@code describedState}, {@code config}, {@code absentConfig}, {@code backends}
 *       (all of them), {@code unavailable} (path to reason), {@code models} (all of them, in order: {@code id}, {@code state}, facts,
 *       {@code missing}; a parent or a quantization that is not named must be absent)
 *   <li>of the last reading: {@code state}, {@code figures}, {@code parts}, {@code texts}, {@code missing} (metric to reason), {@code
 *       details} (metric to words), {@code combined}, {@code basis}, {@code counts} ({@code COUNTER} or {@code COUNTER/part}; an empty
 *       object: none), {@code fractions} (sums of numerators and denominators), {@code histograms} ({@code count}, {@code sum})
 *   <li>{@code step}: how far each {@code COUNTER} grew from the first reading to the second
 * </ul>
 */
public final class CaseExpectation {
    private static final Set<Fact> ABSENT_UNLESS_NAMED = Set.of(Fact.PARENT, Fact.QUANTIZATION);
    /** Part of every key in recordings. */
    private static final String SECRET = "zoo-secret";

    private final JsonNode expected;

    /** Of the content of an {@code expected.json}. */
    public CaseExpectation(JsonNode expected) {
        this.expected = expected;
    }

    /** The file's content. */
    public JsonNode json() {
        return expected;
    }

    /** Whether a match is as expected, with evidence where there is one. */
    public void check(Match match) {
        Differences differences = new Differences();
        JsonNode wanted = expected.path("match");
        differences.same("strength", wanted.path("strength"), match.strength().name());
        differences.same("state", wanted.path("state"), match.state().name());
        differences.same("title", wanted.path("title"), match.title().orElse(""));
        differences.isTrue("there is evidence", !match.evidence().isEmpty());
        differences.check();
    }

    /** Whether a description is as expected. */
    public void check(Description made) {
        Differences differences = new Differences();
        differences.same(
                "version", expected.path("version"), made.version().known().orElse(""));
        differences.same("role", expected.path("role"), made.role().name());
        differences.same(
                "describedState",
                expected.path("describedState"),
                made.state().map(Enum::name).orElse(""));
        differences.each(
                expected.path("config"),
                (name, value) -> differences.same(
                        "config." + name, value, text(made.config().get(name))));
        expected.path("absentConfig")
                .forEach(name -> differences.isTrue(
                        "no config." + name.asText(), !made.config().containsKey(name.asText())));
        differences.each(
                expected.path("unavailable"),
                (path, reason) -> differences.same(
                        "unavailable." + path,
                        reason,
                        reason(Optional.ofNullable(made.unavailable().get(path)))));
        if (expected.has("backends")) {
            differences.same(
                    "backends",
                    texts(expected.path("backends")).toString(),
                    made.backendUrls().toString());
        }
        if (expected.has("models")) {
            models(made.models(), differences);
        }
        differences.isTrue("no secret comes out", !everything(made).contains(SECRET));
        differences.check();
    }

    private void models(List<ServedModel> made, Differences differences) {
        JsonNode models = expected.path("models");
        List<String> ids = made.stream().map(ServedModel::id).toList();
        differences.same("models", models.findValuesAsText("id").toString(), ids.toString());
        for (int at = 0; at < Math.min(made.size(), models.size()); at++) {
            ServedModel model = made.get(at);
            JsonNode wanted = models.path(at);
            String place = model.id() + ".";
            differences.same(
                    place + "state", wanted.path("state"), model.state().name());
            for (Fact fact : Fact.values()) {
                JsonNode value = wanted.path(fact.jsonName());
                differences.same(
                        place + fact.jsonName(), value, text(model.facts().get(fact)));
                differences.isTrue(
                        "no " + place + fact.jsonName(),
                        !value.isMissingNode()
                                || !ABSENT_UNLESS_NAMED.contains(fact)
                                || text(model.facts().get(fact)).isEmpty());
            }
            differences.each(
                    wanted.path("missing"),
                    (fact, reason) -> differences.same(
                            place + fact,
                            reason,
                            reason(Optional.ofNullable(model.unavailable().get(fact)))));
        }
    }

    /** Whether a reading is as expected, without a silent gap. */
    public void check(Reading reading) {
        Differences differences = new Differences();
        new ReadingDifferences(reading, differences).against(expected);
        differences.check();
    }

    /** Whether the counters grew as expected, at about the speed that a client saw, and nothing calls for another description. */
    public void checkStep(List<Reading> readings) {
        JsonNode step = expected.path("step");
        if (step.isMissingNode()) {
            return;
        }
        Differences differences = new Differences();
        Reading first = readings.get(0);
        Reading second = readings.get(1);
        differences.each(step, (counter, value) -> {
            if (Character.isUpperCase(counter.charAt(0))) {
                double grown = ReadingDifferences.count(second, counter) - ReadingDifferences.count(first, counter);
                differences.close(counter, value.asDouble(), grown);
            }
        });
        if (step.has("clientTokensPerSecond")) {
            // The client's is the mean of its whole run, start and end included; the step is some seconds of it.
            double client = step.path("clientTokensPerSecond").asDouble();
            double grown = ReadingDifferences.count(second, "GENERATION_TOKENS")
                    - ReadingDifferences.count(first, "GENERATION_TOKENS");
            double speed = grown / step.path("seconds").asDouble();
            differences.isTrue(
                    speed + " tokens/s is about the client's " + client, Math.abs(speed - client) <= 0.2 * client);
        }
        differences.isTrue(
                "the fingerprint stays",
                first.fingerprint().equals(readings.get(readings.size() - 1).fingerprint()));
        differences.check();
    }

    /** The texts of an array. */
    public static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** All that a description holds, as text: to look for what must not come out. */
    public static String everything(Description made) {
        StringBuilder all = new StringBuilder()
                .append(made.version())
                .append(made.config())
                .append(made.figures())
                .append(made.backendUrls())
                .append(made.remoteBackends())
                .append(made.unavailable());
        made.models()
                .forEach(model -> all.append(model.id()).append(model.facts()).append(model.unavailable()));
        return all.toString();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String reason(Optional<Value.Unavailable<?>> missing) {
        return missing.map(why -> why.reason().code()).orElse("");
    }
}
