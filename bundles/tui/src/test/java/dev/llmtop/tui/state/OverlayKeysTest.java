// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import static dev.llmtop.tui.state.Seen.VIEW;
import static dev.llmtop.tui.state.Seen.after;
import static dev.llmtop.tui.state.Seen.text;
import static dev.llmtop.tui.state.Seen.typed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.EventKind;
import dev.llmtop.model.Snapshot.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OverlayKeysTest {
    private static final ViewState DETAILS = VIEW.withOverlay(Overlay.of(Overlay.Kind.DETAILS));
    private static final Shown LONG = text(3, "one", "two", "three", "Four", "five", "six", "seven");

    @ParameterizedTest
    @CsvSource({
        "0, Down, 1",
        "0, j, 1",
        "0, Up, 0",
        "4, Down, 4",
        "0, PgDn, 2",
        "0, Space, 2",
        "4, PgUp, 2",
        "0, End, 4",
        "0, G, 4",
        "3, Home, 0",
        "3, g, 0",
    })
    void scrollsWithinTheText(int from, String key, int to) {
        ViewState view = DETAILS.withOverlay(new Overlay(Overlay.Kind.DETAILS, 1, from, ""));
        assertThat(after(view, LONG, key).view().overlay().scroll()).isEqualTo(to);
    }

    @ParameterizedTest
    @CsvSource({
        "1, Tab, 2",
        "5, Tab, 1",
        "1, BackTab, 5",
        "2, Left, 1",
        "2, Right, 3",
        "2, l, 3",
        "2, h, 1",
        "1, 4, 4",
        "3, 3, 3",
    })
    void tabsOfTheDetails(int from, String key, int to) {
        ViewState view = DETAILS.withOverlay(new Overlay(Overlay.Kind.DETAILS, from, 3, "x"));
        assertThat(after(view, LONG, key).view().overlay()).isEqualTo(new Overlay(Overlay.Kind.DETAILS, to, 0, "x"));
    }

    @Test
    void findsFromWhereItStandsAndRoundTheEnd() {
        Step prompt = after(DETAILS, LONG, "/");
        assertThat(prompt.view().prompt().orElseThrow().kind()).isEqualTo(Prompt.Kind.FIND);
        Step typing = typed(prompt.view(), LONG, "fOu");
        assertThat(typing.view().overlay().find()).isEqualTo("fOu");
        Step found = after(typing.view(), LONG, "Enter");
        assertThat(found.view().prompt()).isEmpty();
        assertThat(found.view().overlay().scroll()).isEqualTo(3);
        ViewState looking = DETAILS.withOverlay(new Overlay(Overlay.Kind.DETAILS, 1, 1, "e"));
        assertThat(after(looking, LONG, "n").view().overlay().scroll()).isEqualTo(2);
        assertThat(after(looking, LONG, "N").view().overlay().scroll()).isZero();
        assertThat(after(looking, LONG, "N", "N").view().overlay().scroll()).isEqualTo(4);
        ViewState nowhere = DETAILS.withOverlay(new Overlay(Overlay.Kind.DETAILS, 1, 1, "zebra"));
        assertThat(after(nowhere, LONG, "n").view().note()).isEqualTo("not found: zebra");
        assertThat(after(DETAILS, LONG, "n").view().note()).isEqualTo("/ says what to find");
    }

    @Test
    void anEventIsGoneTo() {
        Event older = new Event(
                Instant.parse("2026-11-24T12:00:00Z"), EventKind.ENGINE_GONE, Optional.of("b"), Optional.empty(), "x");
        Event newer = new Event(
                Instant.parse("2026-11-24T12:01:00Z"), EventKind.PRESSURE, Optional.empty(), Optional.empty(), "y");
        Shown shown =
                Seen.shown(Seen.frame(), new Shown.OverlayText(List.of("newer", "older"), 10), List.of(older, newer));
        ViewState events = VIEW.withOverlay(Overlay.of(Overlay.Kind.EVENTS));
        assertThat(after(events, shown, "Enter").effects()).containsExactly(new Effect.GoTo(newer.time()));
        Step second = after(events, shown, "Down", "Enter");
        assertThat(second.effects()).containsExactly(new Effect.GoTo(older.time()));
        assertThat(second.view().selection()).contains(RowId.of("b"));
        assertThat(second.view().overlay()).isEqualTo(Overlay.NONE);
        assertThat(after(events, Seen.SHOWN, "Enter").view().note()).isEqualTo("no event to go to");
    }

    @Test
    void keysOfTimeAndLooksWorkOverTheScreenToo() {
        assertThat(after(DETAILS, LONG, "p").effects()).containsExactly(Effect.Plain.PAUSE);
        assertThat(after(DETAILS, LONG, "[").effects()).containsExactly(new Effect.Seek(-1));
        assertThat(after(DETAILS, LONG, "w").effects()).containsExactly(Effect.Plain.WRITE);
        assertThat(after(DETAILS, LONG, "y").view().overlay().kind()).isEqualTo(Overlay.Kind.WHY);
        assertThat(after(DETAILS, LONG, "x").view().note()).startsWith("x does nothing here");
    }
}
