// SPDX-License-Identifier: MIT
package dev.llmtop.rates;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;

/** Collects derived figures over those that the reading itself has. */
final class Outcome {
    private final Figures<Metric> own;
    private final Figures.Builder<Metric> derived = Figures.of(Metric.class);

    Outcome(Figures<Metric> own) {
        this.own = own;
        derived.putAll(own);
    }

    /** A derived number, in the form of its metric. */
    void number(Metric metric, double number) {
        if (Double.isFinite(number)) {
            derived.putNumber(metric, number);
        } else {
            missing(metric, Reason.MALFORMED, "the engine's counters are beyond all numbers");
        }
    }

    /** A derived figure of the metric's form. */
    void known(Metric metric, Object value) {
        derived.put(metric, Value.of(value));
    }

    /** Needs more readings; a figure that the reading itself knows stands. */
    void noSample(Metric metric, String detail) {
        missing(metric, Reason.NO_SAMPLE_YET, detail);
    }

    /** Its series are not in the last answer: what the reading itself says of the metric stands. */
    void vanished(Metric metric) {
        if (own.get(metric).isEmpty()) {
            noSample(metric, "its series are not in the last answer");
        }
    }

    private void missing(Metric metric, Reason reason, String detail) {
        if (own.known(metric, Object.class).isEmpty()) {
            derived.putUnavailable(metric, reason, detail);
        }
    }

    Figures<Metric> figures() {
        return derived.build();
    }
}
