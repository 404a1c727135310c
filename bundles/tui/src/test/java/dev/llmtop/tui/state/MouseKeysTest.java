// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import static dev.llmtop.tui.state.Seen.SHOWN;
import static dev.llmtop.tui.state.Seen.VIEW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.tui.cell.Target;
import dev.llmtop.tui.state.Input.Mouse;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MouseKeysTest {
    private static Step click(ViewState view, Target.Kind kind, String value) {
        Shown shown = Seen.shown(Seen.target(kind, value), Shown.OverlayText.NONE, List.of());
        return Keys.apply(view, new Mouse(Mouse.Action.CLICK, 5, 11), shown);
    }

    @Test
    void aClickSelectsAndASecondOpens() {
        Step first = click(VIEW, Target.Kind.ROW, RowId.of("b", "m").text());
        assertThat(first.view().selection()).contains(RowId.of("b", "m"));
        assertThat(first.view().overlay()).isEqualTo(Overlay.NONE);
        Step second = click(first.view(), Target.Kind.ROW, RowId.of("b", "m").text());
        assertThat(second.view().overlay().kind()).isEqualTo(Overlay.Kind.DETAILS);
    }

    @Test
    void aHeadSortsAndASecondClickInverts() {
        Step sorted = click(VIEW, Target.Kind.COLUMN, "KV");
        assertThat(sorted.view().table().sort()).contains(Column.KV);
        assertThat(sorted.view().table().focus()).isEqualTo(Column.KV);
        assertThat(click(sorted.view(), Target.Kind.COLUMN, "KV").view().table().inverted())
                .isTrue();
    }

    @Test
    void keysOfTheFooterAreButtons() {
        assertThat(click(VIEW, Target.Kind.KEY, "q").effects()).containsExactly(new Effect.Quit(0));
        assertThat(click(VIEW, Target.Kind.KEY, "Enter").view().overlay().kind())
                .isEqualTo(Overlay.Kind.DETAILS);
        assertThat(click(VIEW, Target.Kind.KEY, "?").view().overlay().kind()).isEqualTo(Overlay.Kind.HELP);
        assertThat(click(VIEW, Target.Kind.KEY, "/").view().prompt()).isPresent();
        assertThat(click(VIEW, Target.Kind.KEY, "nonsense").view()).isEqualTo(VIEW);
    }

    @Test
    void tabsAndPanes() {
        ViewState details = VIEW.withOverlay(Overlay.of(Overlay.Kind.DETAILS));
        assertThat(click(details, Target.Kind.TAB, "3").view().overlay().tab()).isEqualTo(3);
        assertThat(click(VIEW, Target.Kind.PANE, "EVENTS").view().pane()).isEqualTo(Pane.EVENTS);
    }

    @Test
    void theWheelScrollsWhatLiesUnderIt() {
        assertThat(Keys.apply(VIEW, new Mouse(Mouse.Action.WHEEL_DOWN, 5, 5), SHOWN)
                        .view()
                        .selection())
                .contains(RowId.of("b"));
        ViewState help = VIEW.withOverlay(Overlay.of(Overlay.Kind.HELP));
        Shown text = Seen.text(2, "a", "b", "c", "d", "e", "f");
        assertThat(Keys.apply(help, new Mouse(Mouse.Action.WHEEL_DOWN, 5, 5), text)
                        .view()
                        .overlay()
                        .scroll())
                .isEqualTo(3);
    }

    @Test
    void aClickOnNothingOrBesideTheScreenDoesNothing() {
        assertThat(Keys.apply(VIEW, new Mouse(Mouse.Action.CLICK, 0, 0), SHOWN)).isEqualTo(Step.of(VIEW));
        assertThat(Keys.apply(VIEW, new Mouse(Mouse.Action.CLICK, 500, 900), SHOWN))
                .isEqualTo(Step.of(VIEW));
    }
}
