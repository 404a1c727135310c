// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import dev.llmtop.model.Snapshot;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Frame;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.cell.Style;
import dev.llmtop.tui.draw.OverlayText;
import dev.llmtop.tui.history.History;
import dev.llmtop.tui.state.Effect;
import dev.llmtop.tui.state.Input;
import dev.llmtop.tui.state.Keys;
import dev.llmtop.tui.state.Overlay;
import dev.llmtop.tui.state.RowId;
import dev.llmtop.tui.state.Scene;
import dev.llmtop.tui.state.Shown;
import dev.llmtop.tui.state.Step;
import dev.llmtop.tui.state.TimeView;
import dev.llmtop.tui.state.ViewState;
import dev.llmtop.tui.table.TableModel;
import dev.llmtop.tui.table.TableRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What is shown: the past, the moment, the view. For one thread. */
final class ScreenModel {
    private static final long NOTE_NANOS = 10_000_000_000L;

    private final History history = new History();
    private final BiFunction<Scene, Size, Frame> renderer;
    private final long started = System.nanoTime();
    private final Supplier<Optional<Snapshot>> firstLook;
    private final Snapshot nothing;
    private ViewState view;
    private Optional<Snapshot> held = Optional.empty();
    private Optional<Optional<Snapshot>> frozen = Optional.empty();
    private Supplier<String> source = () -> "LIVE";
    private String note = "";
    private long notedAt;
    private Selection selection = Selection.NONE;
    private Frame last = new Canvas(new Size(1, 1)).frame();

    /**
     * @param firstLook what is known before the first snapshot, if anything
     * @param nothing what is shown before that
     */
    ScreenModel(
            BiFunction<Scene, Size, Frame> renderer,
            Supplier<Optional<Snapshot>> firstLook,
            Snapshot nothing,
            ViewState view) {
        this.firstLook = firstLook;
        this.renderer = renderer;
        this.nothing = nothing;
        this.view = view;
    }

    /** Says where the snapshots come from; the first row shows it. */
    void source(Supplier<String> said) {
        source = said;
    }

    ViewState view() {
        return view;
    }

    void view(ViewState other) {
        view = other;
    }

    void add(Snapshot snapshot) {
        history.add(snapshot);
    }

    /** The snapshot that is shown. */
    Snapshot snapshot() {
        return held.or(history::last).or(firstLook).orElse(nothing);
    }

    /** Whether the first scan is not over: there is more to show before the first snapshot comes. */
    boolean scanning() {
        return history.last().isEmpty();
    }

    /** Stands still at the shown moment. */
    void pause() {
        held = Optional.of(snapshot());
    }

    /** Shows what is live again. */
    void live() {
        held = Optional.empty();
    }

    /** Stands still for a while, without being paused: the page is for marking text. */
    void freeze() {
        frozen = Optional.of(held);
        pause();
    }

    /** Goes on as before {@link #freeze}. */
    void thaw() {
        frozen.ifPresent(before -> held = before);
        frozen = Optional.empty();
    }

    /** Goes so many snapshots back or on; false at either end of what is remembered. */
    boolean seek(int steps) {
        Instant from = snapshot().time();
        held = history.step(from, steps).or(() -> held);
        return !snapshot().time().equals(from);
    }

    /** Goes to a moment. */
    void goTo(Instant moment) {
        held = history.at(moment).or(() -> held);
    }

    Scene scene() {
        Snapshot shown = snapshot();
        forgetOldNote();
        Duration back = history.last()
                .map(last -> Duration.between(shown.time(), last.time()))
                .filter(ago -> !ago.isNegative())
                .orElse(Duration.ZERO);
        TimeView time = view.time();
        view = view.withTime(new TimeView(held.isPresent(), back, time.window(), time.interval()));
        LocalTime clock = LocalTime.ofInstant(shown.time(), ZoneId.systemDefault());
        Duration sinceStart = Duration.ofNanos(System.nanoTime() - started);
        return new Scene(
                shown,
                history.ghosts(shown),
                history.events(shown.time()),
                history.trends(shown.time()),
                view,
                new Scene.Status(source.get(), clock, sinceStart));
    }

    /** A line that nobody took away with a key makes room for the keys again. */
    private void forgetOldNote() {
        long now = System.nanoTime();
        if (!view.note().equals(note)) {
            note = view.note();
            notedAt = now;
        } else if (!note.isEmpty() && now - notedAt > NOTE_NANOS) {
            note = "";
            view = view.withNote("");
        }
    }

    /** What was drawn last. */
    Frame lastFrame() {
        return last;
    }

    /** The next frame; of a renderer that fails a frame that says so. */
    Frame frame(Size size) {
        last = drawn(size);
        return last;
    }

    private Frame drawn(Size size) {
        try {
            Scene scene = scene();
            TableModel table = TableModel.of(scene, size);
            follow(table);
            return renderer.apply(
                    new Scene(scene.snapshot(), scene.ghosts(), scene.events(), scene.trends(), view, scene.status()),
                    size);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            Canvas canvas = new Canvas(size);
            canvas.put(0, 0, "llmtop  this could not be drawn: " + Failure.line(e), Style.BOLD);
            canvas.put(size.rows() - 1, 0, "q quit  Esc back  A U other looks", Style.DIM);
            return canvas.frame();
        }
    }

    /** The selection follows its engine; where that leaves, its place is taken over, and the user is told. */
    private void follow(TableModel table) {
        Optional<RowId> chosen = view.selection();
        selection = selection.over(table.rows().stream().map(TableRow::id).toList(), chosen);
        view = view.withSelection(selection.row());
        if (selection.tookOver(chosen)
                && view.filter().text().isEmpty()
                && view.note().isEmpty()) {
            view = view.withNote(chosen.map(RowId::engine).orElse("") + " left; the selection is on "
                    + selection.row().map(RowId::engine).orElse(""));
        }
    }

    /** What a key leads to, from the frame that was seen; the effects are the caller's. */
    List<Effect> apply(Input input, Frame seen) {
        Step step = Keys.apply(view, input, shown(seen));
        view = step.view();
        selection = new Selection(view.selection(), selection.rows());
        return step.effects();
    }

    private Shown shown(Frame seen) {
        try {
            Scene scene = scene();
            TableModel table = TableModel.of(scene, seen.size());
            List<RowId> rows = table.rows().stream().map(TableRow::id).toList();
            Set<RowId> opening = table.rows().stream()
                    .filter(TableRow::opens)
                    .map(TableRow::id)
                    .collect(Collectors.toSet());
            int page = Math.max(1, table.layout().tableRows());
            return new Shown(seen, rows, opening, page, overlay(scene, seen.size()), scene.events());
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return new Shown(seen, List.of(), Set.of(), 1, Shown.OverlayText.NONE, List.of());
        }
    }

    private static Shown.OverlayText overlay(Scene scene, Size size) {
        if (scene.view().overlay().kind() == Overlay.Kind.NONE) {
            return Shown.OverlayText.NONE;
        }
        OverlayText text = OverlayText.of(scene, size);
        return new Shown.OverlayText(text.lines(), text.shown());
    }
}
