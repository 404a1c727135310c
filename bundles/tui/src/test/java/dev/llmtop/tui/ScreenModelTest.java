// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Snapshot;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.draw.ScreenRenderer;
import dev.llmtop.tui.sample.Machines;
import dev.llmtop.tui.sample.Samples;
import dev.llmtop.tui.state.Column;
import dev.llmtop.tui.state.CommandPane;
import dev.llmtop.tui.state.Effect;
import dev.llmtop.tui.state.Filter;
import dev.llmtop.tui.state.Input.Key;
import dev.llmtop.tui.state.Look;
import dev.llmtop.tui.state.Overlay;
import dev.llmtop.tui.state.RowId;
import dev.llmtop.tui.state.TableView;
import dev.llmtop.tui.state.TimeView;
import dev.llmtop.tui.state.ViewState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The whole of snapshots, keys and frames, without a terminal. */
final class ScreenModelTest {
    private static final Size SIZE = new Size(80, 24);

    private Optional<Snapshot> firstLook = Optional.empty();
    private final ScreenModel model = new ScreenModel(
            new ScreenRenderer()::draw,
            () -> firstLook,
            Machines.scanning(),
            new ViewState(
                    Optional.empty(),
                    TableView.START,
                    Overlay.NONE,
                    Filter.ALL,
                    new TimeView(false, Duration.ZERO, Duration.ofMinutes(2), Duration.ofSeconds(1)),
                    new Look(Look.Theme.MONO, false, Set.of()),
                    Optional.empty(),
                    CommandPane.EMPTY,
                    ""));

    private static Snapshot later(Snapshot snapshot, int seconds, List<EngineSnapshot> engines) {
        return new Snapshot(
                snapshot.time().plusSeconds(seconds),
                snapshot.agent(),
                snapshot.machine(),
                engines,
                snapshot.totals(),
                snapshot.findings());
    }

    private List<String> lines() {
        return model.frame(SIZE).lines();
    }

    private List<Effect> press(String keys) {
        List<Effect> effects = List.of();
        for (String key : keys.split("")) {
            effects = model.apply(Key.of(key), model.frame(SIZE));
        }
        return effects;
    }

    @Test
    void theFirstFrameScansAndFillsIn() {
        assertThat(lines().get(0)).contains("scanning");
        firstLook = Optional.of(Samples.mockup());
        assertThat(lines().get(0)).doesNotContain("scanning");
        model.add(later(Samples.mockup(), 1, List.of()));
        assertThat(lines().get(0)).contains("no engines");
    }

    @Test
    void theSelectionFollowsItsEngineThroughSortAndRestart() {
        model.add(Samples.mockup());
        model.frame(SIZE);
        model.view(model.view().withSelection(Optional.of(RowId.of("127.0.0.1:8080"))));
        press("o");
        assertThat(model.view().table().sort()).contains(Column.DECODE);
        lines();
        assertThat(model.view().selection()).contains(RowId.of("127.0.0.1:8080"));
        List<EngineSnapshot> without = Samples.mockup().engines().stream()
                .filter(engine -> !engine.identity().id().equals("127.0.0.1:8080"))
                .toList();
        model.add(later(Samples.mockup(), 1, without));
        // Its ghost is there and stays selected.
        assertThat(lines()).anyMatch(line -> line.startsWith("▸") && line.contains("gone"));
        model.add(later(Samples.mockup(), 2, Samples.mockup().engines()));
        lines();
        assertThat(model.view().selection()).contains(RowId.of("127.0.0.1:8080"));
    }

    @Test
    void itsPlaceIsTakenOverWhenItsGhostGoesToo() {
        model.add(Samples.mockup());
        model.frame(SIZE);
        model.view(model.view().withSelection(Optional.of(RowId.of("127.0.0.1:8080"))));
        model.frame(SIZE);
        List<EngineSnapshot> without = Samples.mockup().engines().stream()
                .filter(engine -> !engine.identity().id().equals("127.0.0.1:8080"))
                .toList();
        model.add(later(Samples.mockup(), 1, without));
        model.add(later(Samples.mockup(), 400, without));
        assertThat(lines().get(23)).startsWith("127.0.0.1:8080 left; the selection is on ");
        assertThat(model.view().selection()).isPresent();
    }

    @Test
    void pausedItStandsStillWhileTimeGoesOn() {
        model.add(Samples.mockup());
        lines();
        model.pause();
        model.add(later(Samples.mockup(), 12, List.of()));
        List<String> paused = lines();
        assertThat(paused.get(0)).endsWith("PAUSED -12s");
        assertThat(paused).anyMatch(line -> line.contains("qwen3-32b"));
        assertThat(model.seek(1)).isTrue();
        assertThat(model.seek(1)).isFalse();
        assertThat(model.seek(-1)).isTrue();
        assertThat(model.seek(-1)).isFalse();
        model.live();
        assertThat(lines().get(0)).contains("LIVE");
    }

    @Test
    void copyFreezesAndThawsToWhatItWasBefore() {
        model.add(Samples.mockup());
        model.freeze();
        model.add(later(Samples.mockup(), 5, List.of()));
        assertThat(model.snapshot().engines()).hasSize(5);
        model.thaw();
        assertThat(model.snapshot().engines()).isEmpty();
    }

    @Test
    void aFilterLeavesTheRestOutAndTheHeaderSaysSo() {
        model.add(Samples.mockup());
        press("/kind:vllm");
        assertThat(lines().get(23)).contains("1 of 5");
        assertThat(lines()).noneMatch(line -> line.contains("Ollama "));
    }
}
