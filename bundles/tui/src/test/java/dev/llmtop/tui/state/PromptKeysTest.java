// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import static dev.llmtop.tui.state.Seen.SHOWN;
import static dev.llmtop.tui.state.Seen.VIEW;
import static dev.llmtop.tui.state.Seen.after;
import static dev.llmtop.tui.state.Seen.typed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.tui.state.Input.Key;
import dev.llmtop.tui.state.Input.Name;
import dev.llmtop.tui.state.Input.Paste;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PromptKeysTest {
    private static final ViewState COMMAND = after(VIEW, SHOWN, ":").view();

    @Test
    void aFilterHoldsWhileItIsTypedAndEnterKeepsIt() {
        Step typing = typed(VIEW, SHOWN, "/kind:vllm");
        assertThat(typing.view().filter()).isEqualTo(new Filter("kind:vllm"));
        Step kept = after(typing.view(), SHOWN, "Enter");
        assertThat(kept.view().prompt()).isEmpty();
        assertThat(kept.view().filter().text()).isEqualTo("kind:vllm");
        assertThat(after(kept.view(), SHOWN, "Esc").view().filter()).isEqualTo(Filter.ALL);
    }

    @Test
    void aBadFilterLeavesTheLastGoodOneInForceAndSaysWhatIsExpected() {
        Step bad = typed(VIEW, SHOWN, "/kv>80%%");
        assertThat(bad.view().prompt().orElseThrow().complaint()).isEqualTo("expected a number after >");
        assertThat(bad.view().filter().text()).isEqualTo("kv>80%");
        Step mended = after(bad.view(), SHOWN, "Backspace");
        assertThat(mended.view().prompt().orElseThrow().complaint()).isEmpty();
        assertThat(after(bad.view(), SHOWN, "Enter").view().note()).contains("the last good one holds");
        assertThat(after(bad.view(), SHOWN, "Enter").view().filter().text()).isEqualTo("kv>80%");
    }

    @Test
    void escGoesBackToTheFilterBefore() {
        ViewState filtered = VIEW.withFilter(new Filter("vllm"));
        Step typing = typed(filtered, SHOWN, "/x");
        assertThat(typing.view().filter().text()).isEqualTo("vllmx");
        assertThat(after(typing.view(), SHOWN, "Esc").view().filter().text()).isEqualTo("vllm");
    }

    @Test
    void editing() {
        Step typing = typed(COMMAND, SHOWN, "engines 😀b");
        Step edited = after(typing.view(), SHOWN, "Left", "Backspace", "Home", "Delete", "End");
        assertThat(text(edited)).isEqualTo("ngines b");
        assertThat(edited.view().prompt().orElseThrow().cursor()).isEqualTo(8);
        assertThat(text(after(edited.view(), SHOWN, "Ctrl-W"))).isEqualTo("ngines ");
        assertThat(text(after(edited.view(), SHOWN, "Ctrl-U"))).isEmpty();
        assertThat(text(after(edited.view(), SHOWN, "Ctrl-A", "Ctrl-K"))).isEmpty();
        assertThat(text(typed(after(edited.view(), SHOWN, "Ctrl-A").view(), SHOWN, "e")))
                .isEqualTo("engines b");
    }

    private static String text(Step step) {
        return step.view().prompt().orElseThrow().text();
    }

    @Test
    void pastedTextIsTextAndNeverEnter() {
        Step pasted = Keys.apply(COMMAND, new Paste("engines\nstop 1\n\u001b[31m\u0003q"), SHOWN);
        assertThat(pasted.effects()).isEmpty();
        assertThat(text(pasted)).isEqualTo("engines stop 1 [31mq");
        Step flood = Keys.apply(COMMAND, new Paste("x".repeat(10_000)), SHOWN);
        assertThat(text(flood)).hasSize(1_000);
        assertThat(Keys.apply(COMMAND, new Paste(""), SHOWN).effects()).isEmpty();
    }

    @Test
    void aCommandRunsOneAtATime() {
        Step run = after(typed(COMMAND, SHOWN, " engines ").view(), SHOWN, "Enter");
        assertThat(run.effects()).containsExactly(new Effect.Run("engines"));
        assertThat(text(run)).isEmpty();
        ViewState running = COMMAND.withCommand(new CommandPane("engines", List.of(), true, List.of()));
        assertThat(after(typed(running, SHOWN, "gpus").view(), SHOWN, "Enter").effects())
                .isEmpty();
        assertThat(after(running, SHOWN, "Ctrl-C").effects()).containsExactly(Effect.Plain.CUT);
        assertThat(after(COMMAND, SHOWN, "Enter").effects()).isEmpty();
        assertThat(after(COMMAND, SHOWN, "Ctrl-C").view().prompt()).isEmpty();
        assertThat(after(COMMAND, SHOWN, "Ctrl-C").effects()).isEmpty();
    }

    @Test
    void historyAndCompletionAreAskedFor() {
        assertThat(after(COMMAND, SHOWN, "Up").effects()).containsExactly(new Effect.Recall(-1));
        assertThat(after(COMMAND, SHOWN, "Down").effects()).containsExactly(new Effect.Recall(1));
        assertThat(after(COMMAND, SHOWN, "Tab").effects()).containsExactly(Effect.Plain.COMPLETE);
    }

    @Test
    void commandLettersAreLettersInAPrompt() {
        Step typing = typed(COMMAND, SHOWN, "q?wp");
        assertThat(typing.effects()).isEmpty();
        assertThat(text(typing)).isEqualTo("q?wp");
    }

    @Test
    void theOutputScrollsFromItsEnd() {
        ViewState full =
                COMMAND.withCommand(new CommandPane("x", java.util.Collections.nCopies(100, "line"), false, List.of()));
        assertThat(after(full, SHOWN, "PgUp").view().overlay().scroll()).isEqualTo(10);
        assertThat(after(full, SHOWN, "PgUp", "PgDn", "PgDn").view().overlay().scroll())
                .isZero();
    }

    @Test
    void theTableMovesWhileAFilterIsTyped() {
        Step typing = typed(VIEW, SHOWN, "/b");
        assertThat(after(typing.view(), SHOWN, "Down").view().selection()).contains(RowId.of("b"));
        assertThat(after(typing.view(), SHOWN, "Down").view().prompt()).isPresent();
    }

    @Test
    void matchesAreGoneThroughInARound() {
        ViewState filtered = VIEW.withFilter(new Filter("x")).withSelection(Optional.of(RowId.of("c")));
        Step next = Keys.apply(filtered, Key.of("n"), SHOWN);
        assertThat(next.view().selection()).contains(RowId.of("a"));
        assertThat(next.view().note()).isEqualTo("from the top again");
        assertThat(Keys.apply(next.view(), Key.of("N"), SHOWN).view().selection())
                .contains(RowId.of("c"));
        assertThat(Keys.apply(VIEW, Key.of("n"), SHOWN).view().note()).contains("no filter");
        assertThat(Keys.apply(VIEW, Key.of(Name.F3), SHOWN).view().prompt()).isPresent();
    }
}
