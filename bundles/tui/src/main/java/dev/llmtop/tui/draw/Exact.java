// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.Cells;
import dev.llmtop.model.Distribution;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Values written out: more digits than a cell has, with unit. */
final class Exact {
    private Exact() {}

    /** One decimal, no more than needed. */
    static String decimal(double value) {
        String text = String.format(Locale.ROOT, value >= 1_000 ? "%.0f" : "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** A ratio as percent with one decimal. */
    static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f%%", ratio * 100);
    }

    /** A figure of an engine. */
    static String of(Metric metric, Object value) {
        if (value instanceof Distribution distribution) {
            return distribution(distribution);
        }
        if (!(value instanceof Number)) {
            return String.valueOf(value);
        }
        double number = ((Number) value).doubleValue();
        return switch (metric) {
            case KV_CACHE_USED_RATIO, PREFIX_CACHE_HIT_RATIO -> percent(number);
            case GENERATION_TOKENS_PER_SECOND, PROMPT_TOKENS_PER_SECOND -> decimal(number) + " tok/s";
            case PREEMPTIONS_PER_SECOND -> String.format(Locale.ROOT, "%.2f/s", number);
            case TOKENS_PER_JOULE -> String.format(Locale.ROOT, "%.2f tok/J", number);
            default -> decimal(number);
        };
    }

    private static String distribution(Distribution distribution) {
        if (distribution.count() == 0) {
            return "no request in the last " + Cells.duration(distribution.windowSeconds());
        }
        List<String> parts = new ArrayList<>();
        quantile("p50", distribution.quantiles().p50(), parts);
        quantile("p90", distribution.quantiles().p90(), parts);
        quantile("p99", distribution.quantiles().p99(), parts);
        quantile("mean", distribution.mean(), parts);
        parts.add(distribution.count() + (distribution.count() == 1 ? " observation" : " observations") + " in "
                + Cells.duration(distribution.windowSeconds()));
        return String.join("  ", parts);
    }

    private static void quantile(String name, Optional<Double> seconds, List<String> parts) {
        seconds.ifPresent(value -> parts.add(name + " " + Cells.latency(value, 6)));
    }

    /** How many blocks and tokens of a KV cache are used; empty where its size is not known. */
    static String kvBlocks(Figures<Metric> figures, double ratio) {
        Optional<Double> total = figures.number(Metric.KV_CACHE_TOTAL_TOKENS);
        if (total.isEmpty()) {
            return figures.number(Metric.KV_CACHE_USED_TOKENS)
                    .map(used -> Math.round(used) + " tokens")
                    .orElse("");
        }
        Optional<Double> block = figures.number(Metric.KV_CACHE_BLOCK_TOKENS).filter(tokens -> tokens > 0);
        if (block.isEmpty()) {
            double used = figures.number(Metric.KV_CACHE_USED_TOKENS).orElse(ratio * total.get());
            return Math.round(used) + " of " + Math.round(total.get()) + " tokens";
        }
        long blocks = Math.round(total.get() / block.get());
        long used = Math.round(ratio * blocks);
        return used + " of " + blocks + " blocks (" + used * Math.round(block.get()) + " of " + Math.round(total.get())
                + " tokens)";
    }
}
