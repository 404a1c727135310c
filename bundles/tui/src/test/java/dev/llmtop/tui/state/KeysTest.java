// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import static dev.llmtop.tui.state.Seen.SHOWN;
import static dev.llmtop.tui.state.Seen.VIEW;
import static dev.llmtop.tui.state.Seen.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.tui.state.Input.Key;
import dev.llmtop.tui.state.Input.Name;
import dev.llmtop.tui.state.Input.Paste;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeysTest {
    @ParameterizedTest
    @CsvSource({
        "a, Down, b",
        "a, j, b",
        "b, Up, a",
        "b, k, a",
        "a, Up, a",
        "c, j, c",
        "a, PgDn, 'b m'",
        "c, PgUp, b",
        "'b m', g, a",
        "a, G, c",
        "c, Home, a",
        "a, End, c",
    })
    void rowsAreMovedTo(String from, String key, String to) {
        Step step = after(VIEW.withSelection(Optional.of(row(from))), SHOWN, key);
        assertThat(step.view().selection()).contains(row(to));
    }

    private static RowId row(String text) {
        String[] parts = text.split(" ", 2);
        return parts.length == 1 ? RowId.of(parts[0]) : RowId.of(parts[0], parts[1]);
    }

    @Test
    void columnsAreMovedToAndAnEndSaysSo() {
        assertThat(after(VIEW, SHOWN, "Right").view().table().focus()).isEqualTo(Column.PREFILL);
        assertThat(after(VIEW, SHOWN, "l", "l").view().table().focus()).isEqualTo(Column.RUN);
        assertThat(after(VIEW, SHOWN, "h").view().table().focus()).isEqualTo(Column.PORT);
        Step end = after(VIEW, SHOWN, "Left", "Left", "Left", "Left");
        assertThat(end.view().table().focus()).isEqualTo(Column.ENGINE);
        assertThat(end.view().note()).contains("no column");
    }

    @ParameterizedTest
    @CsvSource({
        "Enter, DETAILS",
        "y, WHY",
        "e, EVIDENCE",
        "E, EVENTS",
        "m, MEMORY",
        "d, ASKED",
        "?, HELP",
        "F1, HELP",
        "c, COPY",
        ":, COMMAND",
    })
    void overlaysOpenAndEscCloses(String key, Overlay.Kind kind) {
        Step open = after(VIEW, SHOWN, key);
        assertThat(open.view().overlay().kind()).isEqualTo(kind);
        Step closed = Keys.apply(open.view(), Key.of(Name.ESCAPE), SHOWN);
        assertThat(closed.view().overlay()).isEqualTo(Overlay.NONE);
        assertThat(closed.view().prompt()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"y", "e", "E", "m", "d", "?", "F1"})
    void theKeyThatOpenedAlsoCloses(String key) {
        assertThat(after(VIEW, SHOWN, key, key).view().overlay()).isEqualTo(Overlay.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "q, 0",
        "F10, 0",
        "Ctrl-C, 130",
    })
    void quits(String key, int code) {
        assertThat(after(VIEW, SHOWN, key).effects()).containsExactly(new Effect.Quit(code));
        assertThat(after(VIEW.withOverlay(Overlay.of(Overlay.Kind.DETAILS)), SHOWN, key)
                        .effects())
                .containsExactly(new Effect.Quit(code));
    }

    @ParameterizedTest
    @CsvSource({
        "Ctrl-Z, SUSPEND",
        "Ctrl-L, REDRAW",
        "w, WRITE",
        "r, REDISCOVER",
        "p, PAUSE",
        "R, FORGET_SETTINGS",
    })
    void effects(String key, Effect.Plain effect) {
        assertThat(after(VIEW, SHOWN, key).effects()).containsExactly(effect);
    }

    @Test
    void historyIsSteppedThrough() {
        assertThat(after(VIEW, SHOWN, "[").effects()).containsExactly(new Effect.Seek(-1));
        assertThat(after(VIEW, SHOWN, "]").effects()).containsExactly(new Effect.Seek(1));
        TimeView time = VIEW.time();
        ViewState paused = VIEW.withTime(new TimeView(true, Duration.ofSeconds(3), time.window(), time.interval()));
        assertThat(after(paused, SHOWN, "p").effects()).containsExactly(Effect.Plain.LIVE);
        assertThat(after(paused, SHOWN, "Esc").effects()).containsExactly(Effect.Plain.LIVE);
    }

    @Test
    void theWindowGoesFrom30SecondsTo1Hour() {
        assertThat(after(VIEW, SHOWN, "+").view().time().window()).isEqualTo(Duration.ofMinutes(5));
        assertThat(after(VIEW, SHOWN, "-").view().time().window()).isEqualTo(Duration.ofMinutes(1));
        Step least = after(VIEW, SHOWN, "-", "-", "-");
        assertThat(least.view().time().window()).isEqualTo(Duration.ofSeconds(30));
        assertThat(least.view().note()).contains("30s to 1h");
        assertThat(after(VIEW, SHOWN, "+", "+", "+", "+", "+", "+")
                        .view()
                        .time()
                        .window())
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void theIntervalIsSetAtTheAgentToo() {
        Step step = after(VIEW, SHOWN, "}");
        assertThat(step.view().time().interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(step.effects())
                .containsExactly(new Effect.SetInterval(Duration.ofSeconds(2)), Effect.Plain.KEEP_SETTINGS);
        assertThat(after(VIEW, SHOWN, "{", "{").view().time().interval()).isEqualTo(Duration.ofMillis(200));
        assertThat(after(VIEW, SHOWN, "{", "{", "{").effects()).isEmpty();
    }

    @Test
    void sorting() {
        assertThat(after(VIEW, SHOWN, "s").view().table().sort()).contains(Column.DECODE);
        assertThat(after(VIEW, SHOWN, "s", "s").view().table().sort()).contains(Column.PREFILL);
        assertThat(after(VIEW, SHOWN, "s", "S").view().table().sort()).contains(Column.PORT);
        assertThat(after(VIEW, SHOWN, "l", "o").view().table().sort()).contains(Column.PREFILL);
        assertThat(after(VIEW, SHOWN, "F6").view().table().sort()).contains(Column.DECODE);
        assertThat(after(VIEW, SHOWN, "o", "o").view().table().inverted()).isTrue();
        assertThat(after(VIEW, SHOWN, "o", "i").view().table().inverted()).isTrue();
        assertThat(after(VIEW, SHOWN, "i").view().note()).contains("tree");
        assertThat(after(VIEW, SHOWN, "o", "t").view().table().sort()).isEmpty();
        assertThat(after(VIEW, SHOWN, "t").view().table().sort()).contains(Column.DECODE);
    }

    @Test
    void foldingAndMarking() {
        ViewState onB = VIEW.withSelection(Optional.of(RowId.of("b")));
        assertThat(after(onB, SHOWN, "Space").view().table().folded()).containsExactly("b");
        assertThat(after(onB, SHOWN, "Space", "Space").view().table().folded()).isEmpty();
        Step fromModel = after(VIEW.withSelection(Optional.of(RowId.of("b", "m"))), SHOWN, "Space");
        assertThat(fromModel.view().table().folded()).containsExactly("b");
        assertThat(fromModel.view().selection()).contains(RowId.of("b"));
        assertThat(after(VIEW, SHOWN, "Space").view().note()).contains("nothing lies below");
        assertThat(after(VIEW, SHOWN, "o", "Space").view().note()).contains("only a tree folds");
        assertThat(after(VIEW, SHOWN, "*").view().table().allFolded()).isTrue();
        assertThat(after(VIEW, SHOWN, "*", "*").view().table().allFolded()).isFalse();
        assertThat(after(VIEW, SHOWN, "M").view().table().marked()).containsExactly(RowId.of("a"));
        assertThat(after(VIEW, SHOWN, "M", "M").view().table().marked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, GPU", "2, MEMORY", "3, FLOW", "4, GRAPHS", "5, EVENTS", "6, INSPECTOR"})
    void partsHideAndComeBack(String key, Part part) {
        assertThat(after(VIEW, SHOWN, key).view().look().hidden()).containsExactly(part);
        assertThat(after(VIEW, SHOWN, key, key).view().look().hidden()).isEmpty();
    }

    @Test
    void tabGoesFromPaneToPaneThatIsThereAndEnterOpensIt() {
        assertThat(after(VIEW, SHOWN, "Tab").view().pane()).isEqualTo(Pane.GRAPHS);
        assertThat(after(VIEW, SHOWN, "4", "Tab").view().pane()).isEqualTo(Pane.EVENTS);
        assertThat(after(VIEW, SHOWN, "BackTab").view().pane()).isEqualTo(Pane.INSPECTOR);
        assertThat(after(VIEW, SHOWN, "Tab", "Tab", "Tab", "Tab").view().pane()).isEqualTo(Pane.TABLE);
        assertThat(after(VIEW, SHOWN, "Tab", "Enter").view().overlay().tab()).isEqualTo(2);
        assertThat(after(VIEW, SHOWN, "Tab", "Tab", "Enter").view().overlay().kind())
                .isEqualTo(Overlay.Kind.EVENTS);
        assertThat(after(VIEW, SHOWN, "BackTab", "Enter").view().overlay().kind())
                .isEqualTo(Overlay.Kind.WHY);
        assertThat(after(VIEW, SHOWN, "Tab", "Esc").view().pane()).isEqualTo(Pane.TABLE);
        assertThat(after(VIEW, SHOWN, "Tab", "4").view().pane()).isEqualTo(Pane.TABLE);
    }

    @Test
    void looks() {
        assertThat(after(VIEW, SHOWN, "A").view().look().theme()).isEqualTo(Look.Theme.LIGHT);
        assertThat(after(VIEW, SHOWN, "A", "A", "A", "A").view().look().theme()).isEqualTo(Look.Theme.DARK);
        assertThat(after(VIEW, SHOWN, "U").view().look().ascii()).isTrue();
    }

    @Test
    void copyEndsWithAnyKeyAndThatKeyDoesNothingElse() {
        Step copy = after(VIEW, SHOWN, "c");
        assertThat(copy.effects()).containsExactly(Effect.Plain.COPY);
        Step ended = after(copy.view(), SHOWN, "q");
        assertThat(ended.effects()).containsExactly(Effect.Plain.COPIED);
        assertThat(ended.view().overlay()).isEqualTo(Overlay.NONE);
    }

    @Test
    void everyOtherKeySaysThatItDoesNothing() {
        Set<String> used = Set.copyOf(List.of("/gGhjklyeEmdnNsSoitMpcwrAUR?:[]{}<>+-=*q 123456".split("")));
        for (char character = '!'; character <= '~'; character++) {
            String key = String.valueOf(character);
            Step step = Keys.apply(VIEW, Key.of(key), SHOWN);
            if (!used.contains(key)) {
                assertThat(step.view().note()).as(key).isEqualTo(key + " does nothing here; ? shows the keys");
                assertThat(step.effects()).as(key).isEmpty();
            }
        }
        assertThat(after(VIEW, SHOWN, "F9").view().note()).startsWith("read-only");
        assertThat(after(VIEW, SHOWN, "F7").view().note()).startsWith("F7 does nothing");
        assertThat(after(VIEW, SHOWN, "Ctrl-X").view().note()).startsWith("Ctrl-X does nothing");
    }

    @Test
    void escAndAKeyAtOnceAreBoth() {
        ViewState help = VIEW.withOverlay(Overlay.of(Overlay.Kind.HELP));
        assertThat(Keys.apply(help, new Key(Name.ALT, "q"), SHOWN).effects()).containsExactly(new Effect.Quit(0));
        Step events = Keys.apply(help, new Key(Name.ALT, "E"), SHOWN);
        assertThat(events.view().overlay().kind()).isEqualTo(Overlay.Kind.EVENTS);
        ViewState command = after(VIEW, SHOWN, ":").view();
        Step quit = Keys.apply(Seen.typed(command, SHOWN, "engines").view(), new Key(Name.ALT, "q"), SHOWN);
        assertThat(quit.effects()).containsExactly(new Effect.Quit(0));
        Step moved = Keys.apply(Seen.typed(command, SHOWN, "engine a").view(), new Key(Name.ALT, "b"), SHOWN);
        assertThat(moved.view().prompt().orElseThrow().cursor()).isEqualTo(7);
        assertThat(Keys.apply(moved.view(), new Key(Name.ALT, "f"), SHOWN)
                        .view()
                        .prompt()
                        .orElseThrow()
                        .cursor())
                .isEqualTo(8);
    }

    /** Acceptance 4 of the screen: each key acts or says why not. */
    @Test
    void noKeyOfTheHelpIsSilent() {
        for (String key :
                ("Up Down j k Left Right h l PgUp PgDn g G Home End Tab Space Enter Esc y e E m / n N s S o i t * M d"
                                + " p [ ] + - { } 1 2 3 4 5 6 w c : r A U Ctrl-L ? F1 q F10 Ctrl-C F3 F6 F9")
                        .split(" ")) {
            ViewState middle = VIEW.withSelection(Optional.of(RowId.of("b")));
            Step step = after(middle, SHOWN, key);
            assertThat(step.view().equals(middle) && step.effects().isEmpty())
                    .as(key)
                    .isFalse();
        }
    }

    @Test
    void pastedTextIsNoCommand() {
        Step step = Keys.apply(VIEW, new Paste("q:stop 1\n"), SHOWN);
        assertThat(step.effects()).isEmpty();
        assertThat(step.view().note()).contains("9 pasted characters ignored");
    }

    @Test
    void withoutRowsNothingFails() {
        Shown empty = new Shown(Seen.frame(), List.of(), Set.of(), 1, Shown.OverlayText.NONE, List.of());
        ViewState none = VIEW.withSelection(Optional.empty());
        for (String key : ("Up Down PgDn Home End Enter Space y e E m d n N s o M / p [ ]").split(" ")) {
            assertThat(after(none, empty, key)).as(key).isNotNull();
        }
        assertThat(after(none, empty, "Enter").view().note()).isEqualTo("no engine is selected");
        assertThat(after(none, empty, "j").view().note()).isEqualTo("no row to go to");
    }
}
