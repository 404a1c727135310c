// SPDX-License-Identifier: MIT
package dev.llmtop.testkit.conformance;

import dev.llmtop.model.Metric;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.EngineAdapter;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Strength;
import java.util.Set;

/** An adapter that keeps the contract but for the faults that it is told. */
final class PlantedAdapter implements EngineAdapter {
    private static final Get STATUS = Get.of("/planted/status");

    /** What is wrong with it. */
    enum Fault {
        CLAIMS_EVERYTHING,
        BELIEVES_ANY_ANSWER_OF_A_PROCESS_OF_ITS_NAME,
        ASKS_AN_UNDECLARED_PATH,
        CATCHES_EVERYTHING_AND_ASKS_AN_UNDECLARED_PATH,
        THROWS_ON_WHAT_IT_DOES_NOT_EXPECT,
        LEAVES_A_SILENT_GAP,
        KNOWS_NOT_EVEN_ITS_OWN
    }

    private final Set<Fault> faults;

    PlantedAdapter(Fault... faults) {
        this.faults = Set.of(faults);
    }

    private boolean has(Fault fault) {
        return faults.contains(fault);
    }

    @Override
    public Match detect(Candidate candidate, Probe probe) {
        boolean hinted = candidate.hintedAs("planted");
        if (!candidate.listening()) {
            return hinted ? match(Strength.HINTED) : Match.none();
        }
        Answer answer = probe.get(STATUS);
        if (has(Fault.THROWS_ON_WHAT_IT_DOES_NOT_EXPECT)) {
            return answer.json().get("server").asText().equals("planted") ? match(Strength.DISTINCTIVE) : Match.none();
        }
        boolean its = answer.okJson().path("server").asText().equals("planted") && !has(Fault.KNOWS_NOT_EVEN_ITS_OWN);
        if (its || has(Fault.CLAIMS_EVERYTHING)) {
            return match(hinted ? Strength.PROVEN : Strength.DISTINCTIVE);
        }
        if (hinted && has(Fault.BELIEVES_ANY_ANSWER_OF_A_PROCESS_OF_ITS_NAME) && answer.status() == 200) {
            return match(Strength.PROVEN);
        }
        return hinted ? match(Strength.HINTED) : Match.none();
    }

    private static Match match(Strength strength) {
        return Match.of(strength).because("fingerprint", "it says so").build();
    }

    @Override
    public Description describe(Engine engine, Probe probe) {
        return Description.builder().build();
    }

    @Override
    @SuppressWarnings("CatchAndPrintStackTrace")
    public Reading metrics(Engine engine, Probe probe) {
        if (has(Fault.ASKS_AN_UNDECLARED_PATH)) {
            probe.get(Get.of("/health"));
        }
        if (has(Fault.CATCHES_EVERYTHING_AND_ASKS_AN_UNDECLARED_PATH)) {
            swallowed(probe);
        }
        Answer answer = probe.get(STATUS);
        Reading.Builder reading = Reading.builder(answer.stamp());
        for (Metric metric : Metric.values()) {
            reading.unavailable(metric, answer.reason(), answer.detail());
        }
        if (has(Fault.LEAVES_A_SILENT_GAP)) {
            return Reading.builder(answer.stamp())
                    .gauge(Metric.RUNNING, answer.okJson().path("running").asDouble())
                    .build();
        }
        if (answer.okJson().path("running").isNumber()) {
            reading.gauge(Metric.RUNNING, answer.okJson().path("running").asDouble());
        }
        return reading.build();
    }

    private static void swallowed(Probe probe) {
        try {
            probe.get(Get.of("/health"));
        } catch (AssertionError kept) {
            // As an author does who wants no trouble.
        }
    }
}
