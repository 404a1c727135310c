// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SuggestionTest {
    @Test
    void swappedMissingAndWrongLettersAreOneEditEach() {
        assertThat(Suggestion.distance("jsno", "json")).isEqualTo(1);
        assertThat(Suggestion.distance("jso", "json")).isEqualTo(1);
        assertThat(Suggestion.distance("jsan", "json")).isEqualTo(1);
        assertThat(Suggestion.distance("JSON", "json")).isZero();
        assertThat(Suggestion.distance("", "json")).isEqualTo(4);
    }

    @Test
    void farWordsAreNotSuggested() {
        assertThat(Suggestion.nearest("--zebra", List.of("--json", "--once"))).isEmpty();
        assertThat(Suggestion.nearest("--onec", List.of("--json", "--once"))).contains("--once");
    }
}
