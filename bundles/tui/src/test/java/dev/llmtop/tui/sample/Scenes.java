// SPDX-License-Identifier: MIT
package dev.llmtop.tui.sample;

import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Snapshot.Event;
import dev.llmtop.tui.state.Column;
import dev.llmtop.tui.state.CommandPane;
import dev.llmtop.tui.state.Filter;
import dev.llmtop.tui.state.Look;
import dev.llmtop.tui.state.Overlay;
import dev.llmtop.tui.state.Part;
import dev.llmtop.tui.state.Prompt;
import dev.llmtop.tui.state.RowId;
import dev.llmtop.tui.state.Scene;
import dev.llmtop.tui.state.TableView;
import dev.llmtop.tui.state.TimeView;
import dev.llmtop.tui.state.Trends;
import dev.llmtop.tui.state.ViewState;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Builds scenes: a snapshot and what the user chose. */
public final class Scenes {
    /** Nothing is remembered. */
    public static final Trends NO_TRENDS = (row, trend, window, points) -> unknown(points);

    private Snapshot snapshot;
    private List<Scene.Ghost> ghosts = List.of();
    private List<Event> events = List.of();
    private Trends trends = NO_TRENDS;
    private Optional<RowId> selection = Optional.empty();
    private TableView table = new TableView(Optional.empty(), false, Column.KV, Set.of(), false, Set.of());
    private Overlay overlay = Overlay.NONE;
    private Filter filter = Filter.ALL;
    private TimeView time = new TimeView(false, Duration.ZERO, Duration.ofMinutes(2), Duration.ofSeconds(1));
    private Look look = new Look(Look.Theme.DARK, false, Set.of());
    private Optional<Prompt> prompt = Optional.empty();
    private CommandPane command = CommandPane.EMPTY;
    private String note = "";
    private String source = "LIVE";

    private Scenes(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    public static Scenes of(Snapshot snapshot) {
        return new Scenes(snapshot);
    }

    /** The mock-up with its selection and its events. */
    public static Scenes mockup() {
        return of(Samples.mockup())
                .events(Samples.events())
                .trends(Waves.of("127.0.0.1:8000"))
                .select("127.0.0.1:8000");
    }

    private static double[] unknown(int points) {
        double[] values = new double[points];
        java.util.Arrays.fill(values, Double.NaN);
        return values;
    }

    public Scenes ghosts(Scene.Ghost... gone) {
        ghosts = List.of(gone);
        return this;
    }

    public Scenes events(List<Event> some) {
        events = some;
        return this;
    }

    public Scenes trends(Trends some) {
        trends = some;
        return this;
    }

    public Scenes select(String engine) {
        return select(RowId.of(engine));
    }

    public Scenes select(RowId row) {
        selection = Optional.of(row);
        return this;
    }

    public Scenes table(TableView view) {
        table = view;
        return this;
    }

    public Scenes focus(Column column) {
        table = new TableView(
                table.sort(), table.inverted(), column, table.folded(), table.allFolded(), table.marked());
        return this;
    }

    public Scenes sort(Column column, boolean inverted) {
        table = new TableView(
                Optional.of(column), inverted, table.focus(), table.folded(), table.allFolded(), table.marked());
        return this;
    }

    public Scenes fold(boolean all, String... engines) {
        table = new TableView(table.sort(), table.inverted(), table.focus(), Set.of(engines), all, table.marked());
        return this;
    }

    public Scenes mark(RowId... rows) {
        table = new TableView(
                table.sort(), table.inverted(), table.focus(), table.folded(), table.allFolded(), Set.of(rows));
        return this;
    }

    public Scenes overlay(Overlay one) {
        overlay = one;
        return this;
    }

    public Scenes filter(Filter one) {
        filter = one;
        return this;
    }

    public Scenes time(TimeView view) {
        time = view;
        return this;
    }

    public Scenes ascii() {
        look = new Look(look.theme(), true, look.hidden());
        return this;
    }

    public Scenes hide(Part... parts) {
        look = new Look(look.theme(), look.ascii(), Set.of(parts));
        return this;
    }

    public Scenes prompt(Prompt one) {
        prompt = Optional.of(one);
        return this;
    }

    public Scenes command(CommandPane pane) {
        command = pane;
        return this;
    }

    public Scenes note(String text) {
        note = text;
        return this;
    }

    public Scenes source(String name) {
        source = name;
        return this;
    }

    public Scene build() {
        ViewState view = new ViewState(selection, table, overlay, filter, time, look, prompt, command, note);
        Scene.Status status = new Scene.Status(source, LocalTime.of(12, 30, 5), Duration.ofMillis(300));
        return new Scene(snapshot, ghosts, events, trends, view, status);
    }
}
