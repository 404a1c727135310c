// SPDX-License-Identifier: MIT
package dev.llmtop.tui.details;

import dev.llmtop.model.EngineSnapshot.Freshness;
import dev.llmtop.model.State;
import dev.llmtop.tui.state.Scene;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A tab of the details of the selected engine.
 *
 * @param name of the engine
 * @param state its sign, state and the age of its figures
 * @param lines all that the tab has, whatever is scrolled away
 */
public record DetailPage(String name, String state, List<Line> lines) {
    /** The titles of the tabs, in the order of their keys. */
    public static final List<String> TABS = List.of("overview", "latency", "models", "evidence", "raw");

    public DetailPage {
        lines = List.copyOf(lines);
    }

    /**
     * The tab of a scene at a width.
     *
     * @param tab 1 to 5
     */
    public static DetailPage of(Scene scene, int tab, int columns) {
        Optional<Subject> selected = Subject.of(scene);
        if (selected.isEmpty()) {
            Sheet sheet = new Sheet(columns);
            sheet.labelled("details", Span.dim("no engine is selected, or the selected one has left"));
            return new DetailPage("no engine", "", sheet.lines());
        }
        Subject subject = selected.get();
        List<Line> lines = switch (tab) {
            case 2 -> LatencyTab.lines(subject, columns);
            case 3 -> ModelsTab.lines(subject, columns);
            case 4 -> EvidenceTab.lines(subject, columns);
            case 5 -> RawTab.lines(subject, columns);
            default -> OverviewTab.lines(subject, columns);
        };
        return new DetailPage(Names.of(subject.engine()), state(subject), lines);
    }

    private static String state(Subject subject) {
        State state = subject.state();
        String age = subject.gone()
                .map(gone -> "gone " + Names.duration(gone.toSeconds()))
                .orElse(state.code()
                        + subject.engine()
                                .measured()
                                .freshness()
                                .map(Freshness::ageSeconds)
                                .map(seconds -> String.format(Locale.ROOT, " %.1fs", seconds))
                                .orElse(""));
        return Names.sign(state) + " " + age;
    }
}
