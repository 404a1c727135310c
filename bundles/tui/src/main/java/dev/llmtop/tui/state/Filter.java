// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.tui.filter.FilterRow;
import dev.llmtop.tui.filter.FilterText;
import dev.llmtop.tui.filter.Term;
import java.util.List;
import java.util.Optional;

/**
 * Which rows are shown.
 *
 * @param text as typed; empty for all
 * @param terms that all must be true of a row
 */
public record Filter(String text, List<Term> terms) {
    /** Every row. */
    public static final Filter ALL = new Filter("", List.of());

    public Filter {
        terms = List.copyOf(terms);
    }

    /** @throws dev.llmtop.tui.filter.FilterComplaint where the text is none */
    public Filter(String text) {
        this(text, FilterText.terms(text));
    }

    /** Whether a row is shown. */
    public boolean matches(EngineSnapshot engine, Optional<ModelSnapshot> model) {
        FilterRow row = new FilterRow(engine, model);
        return terms.stream().allMatch(term -> term.matches(row));
    }
}
