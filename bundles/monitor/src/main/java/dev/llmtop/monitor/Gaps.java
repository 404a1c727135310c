// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.State;
import java.util.EnumSet;
import java.util.Set;

/**
 * Leaves no silent gap: a metric that applies is known or has a reason. To an engine every metric applies, except the progress of a
 * load, which does only while it loads. To a router only those of requests and tokens that pass through it apply: it has no KV
 * cache, no slots and no speculation of its own. What an adapter says of any other metric stands all the same, but for why the
 * progress of a load is not known.
 */
final class Gaps {
    private static final Set<Metric> OF_ROUTERS = EnumSet.of(
            Metric.RUNNING,
            Metric.WAITING,
            Metric.PROMPT_TOKENS_PER_SECOND,
            Metric.GENERATION_TOKENS_PER_SECOND,
            Metric.REQUESTS_PER_SECOND,
            Metric.ERRORS_PER_SECOND,
            Metric.PROMPT_TOKENS_TOTAL,
            Metric.GENERATION_TOKENS_TOTAL,
            Metric.REQUESTS_TOTAL,
            Metric.FINISHED_BY_REASON,
            Metric.TIME_TO_FIRST_TOKEN,
            Metric.END_TO_END_LATENCY);

    private Gaps() {}

    static boolean applies(Metric metric, Role role, State state) {
        return switch (role) {
            case ROUTER -> OF_ROUTERS.contains(metric);
            case ENGINE -> metric != Metric.MODEL_LOAD_PROGRESS_RATIO || state == State.LOADING;
        };
    }

    /** Without a reason for the progress of a load where nothing loads: it does not apply there. */
    static Figures<Metric> applying(Figures<Metric> figures, boolean loading) {
        if (loading || figures.missing(Metric.MODEL_LOAD_PROGRESS_RATIO).isEmpty()) {
            return figures;
        }
        Figures.Builder<Metric> applying = Figures.of(Metric.class);
        figures.asMap().forEach((metric, value) -> {
            if (metric != Metric.MODEL_LOAD_PROGRESS_RATIO) {
                applying.put(metric, value);
            }
        });
        return applying.build();
    }

    /** Gives a reason to every metric that applies and has no value yet. */
    static void fill(Figures.Builder<Metric> figures, Role role, State state, String title) {
        for (Metric metric : Metric.values()) {
            if (applies(metric, role, state) && !figures.has(metric)) {
                figures.putUnavailable(metric, Reason.NOT_EXPORTED, "the " + title + " adapter does not read it");
            }
        }
    }
}
