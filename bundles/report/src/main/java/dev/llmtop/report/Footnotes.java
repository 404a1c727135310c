// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import dev.llmtop.agent.Cells;
import dev.llmtop.agent.Pressure;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What stands under the table: the codes used, and for each engine what would help. */
final class Footnotes {
    /** Reasons that someone can do something about; the others say all in their code. */
    private static final Set<Reason> WITH_REMEDY = EnumSet.of(
            Reason.DISABLED,
            Reason.NEEDS_KEY,
            Reason.UNREACHABLE,
            Reason.TIMED_OUT,
            Reason.NO_PERMISSION,
            Reason.MALFORMED,
            Reason.TOO_LARGE,
            Reason.NOT_SAFE);

    private static final int MOST_FOR_AN_ENGINE = 4;

    private Footnotes() {}

    /** The codes, and the mark where it was used; empty where none was. */
    static String legend(Set<Reason> reasons, boolean marked) {
        List<String> parts = new ArrayList<>();
        reasons.forEach(reason -> parts.add(reason.cell() + " = " + reason.code()));
        if (marked) {
            parts.add(Cell.MARK + " = under pressure");
        }
        return String.join("  ", parts);
    }

    /**
     * What would help this engine, a line each.
     *
     * @param shown reasons that stand in its rows: a figure without a column asks for no note
     */
    static List<String> of(EngineSnapshot engine, Set<Reason> shown, double tickSeconds) {
        Set<String> notes = new LinkedHashSet<>();
        List<Value.Unavailable<?>> gaps =
                new ArrayList<>(engine.findings().unavailable().values());
        engine.measured()
                .metrics()
                .asMap()
                .values()
                .forEach(value -> value.missing().ifPresent(gaps::add));
        gaps.sort(Comparator.comparing(Value.Unavailable::reason));
        for (Value.Unavailable<?> gap : gaps) {
            if (WITH_REMEDY.contains(gap.reason()) && shown.contains(gap.reason())) {
                notes.add(gap.reason().code() + ": " + remedy(engine, gap));
            }
        }
        engine.measured().freshness().ifPresent(freshness -> {
            if (Pressure.ofAge(freshness.ageSeconds(), tickSeconds) != Pressure.NONE) {
                notes.add("figures are " + Cells.duration(freshness.ageSeconds()) + " old" + Cell.MARK);
            }
        });
        List<String> lines = new ArrayList<>();
        notes.stream().limit(MOST_FOR_AN_ENGINE).forEach(note -> lines.add(label(engine) + " " + note));
        if (notes.size() > MOST_FOR_AN_ENGINE) {
            lines.add(label(engine) + " and " + (notes.size() - MOST_FOR_AN_ENGINE) + " more: llmtop --json has all");
        }
        return lines;
    }

    private static String remedy(EngineSnapshot engine, Value.Unavailable<?> gap) {
        return switch (gap.reason()) {
            case NEEDS_KEY -> "llmtop --endpoint " + engine.placement().url() + " sends it your key";
            case NO_PERMISSION ->
                gap.detail().contains("sudo") ? gap.detail() : joined(gap.detail(), "sudo llmtop may see it");
            default -> gap.detail().isEmpty() ? gap.reason().code() : gap.detail();
        };
    }

    private static String joined(String detail, String remedy) {
        return detail.isEmpty() ? remedy : detail + "; " + remedy;
    }

    /** How a line names an engine: title and port on this machine's loopback, else title and address. */
    static String label(EngineSnapshot engine) {
        String id = engine.identity().id();
        String title = engine.identity().title();
        return id.startsWith("127.0.0.1:") ? title + id.substring("127.0.0.1".length()) : title + " " + id;
    }
}
