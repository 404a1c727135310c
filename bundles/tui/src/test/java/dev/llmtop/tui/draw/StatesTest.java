// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Reason;
import dev.llmtop.model.Snapshot;
import dev.llmtop.tui.cell.Frame;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.sample.EngineSample;
import dev.llmtop.tui.sample.GoldenScreen;
import dev.llmtop.tui.sample.Machines;
import dev.llmtop.tui.sample.Samples;
import dev.llmtop.tui.sample.Scenes;
import dev.llmtop.tui.state.Column;
import dev.llmtop.tui.state.Filter;
import dev.llmtop.tui.state.Scene;
import dev.llmtop.tui.state.TimeView;
import dev.llmtop.tui.state.Trends;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatesTest {
    private static final Size USUAL = new Size(80, 24);

    private static Frame draw(Scenes scene, Size size) {
        return new ScreenRenderer().draw(scene.build(), size);
    }

    @Test
    void aScanIsShownWhileItRuns() {
        GoldenScreen.check("scanning-80x24", draw(Scenes.of(Machines.scanning()), USUAL));
    }

    @Test
    void whatWasLookedAtIsSaidWhereNothingIsFound() {
        GoldenScreen.check("nothing-80x24", draw(Scenes.of(Machines.empty()), USUAL));
        GoldenScreen.check("nothing-gpu-80x24", draw(Scenes.of(Machines.idle()), USUAL));
    }

    @ParameterizedTest
    @CsvSource({"80,24", "120,40", "200,50", "40,12"})
    void eightGpusAndSixEnginesAreAllSeen(int columns, int rows) {
        Scenes scene = Scenes.of(Machines.eightGpus()).trends(waiting(12)).select("127.0.0.1:8000");
        GoldenScreen.check("eight-gpus-" + columns + "x" + rows, draw(scene, new Size(columns, rows)));
    }

    @Test
    void manyGpusAreABlockEach() {
        GoldenScreen.check("twenty-gpus-120x30", draw(Scenes.of(Machines.gpus(20)), new Size(120, 30)));
    }

    @Test
    void thirtyEnginesAreSortedAndScrolled() {
        Scenes scene = Scenes.of(Machines.thirtyEngines())
                .trends(waiting(7))
                .sort(Column.MEM, false)
                .select("127.0.0.1:8003");
        GoldenScreen.check("thirty-80x24", draw(scene, USUAL));
        GoldenScreen.check("thirty-end-80x24", draw(scene.select("127.0.0.1:8029"), USUAL));
    }

    @Test
    void anEngineThatIsGoneStaysAsAGhost() {
        Snapshot mockup = Samples.mockup();
        List<dev.llmtop.model.EngineSnapshot> left = mockup.engines().stream()
                .filter(engine -> !engine.identity().id().equals("127.0.0.1:8000"))
                .toList();
        EngineSample gone = EngineSample.at("vLLM", 8000)
                .put(dev.llmtop.model.Metric.GENERATION_TOKENS_PER_SECOND, 143.0)
                .rest(Reason.NO_SAMPLE_YET, "")
                .gap("metrics", Reason.UNREACHABLE, "connection refused, process 812 ended")
                .gpu(1L, 0);
        Snapshot snapshot = Samples.snapshot(
                mockup.machine().host(),
                List.of(),
                left,
                mockup.totals(),
                List.of(new Snapshot.Problem("nvml", "libnvidia-ml.so.1 not found")));
        Scenes scene = Scenes.of(snapshot)
                .ghosts(new Scene.Ghost(gone.build(), Duration.ofSeconds(12)))
                .select("127.0.0.1:8000");
        GoldenScreen.check("gone-80x24", draw(scene, USUAL));
    }

    @Test
    void belowItsLeastSizeOnlyTheHeaderIsDrawn() {
        Frame frame = draw(Scenes.mockup(), new Size(39, 24));
        assertThat(frame.lines().get(0)).startsWith("llmtop box");
        assertThat(frame.lines().subList(1, 24)).containsOnly("");
        assertThat(draw(Scenes.mockup(), new Size(80, 9)).lines().subList(1, 9)).containsOnly("");
    }

    @Test
    void aFilterIsToldInTheHeader() {
        Scenes scene = Scenes.mockup().filter(new Filter("kind:vllm"));
        assertThat(draw(scene, USUAL).lines().get(0)).startsWith("llmtop box  filter kind:vllm 1 of 5  ▲1 memory 98%");
        List<String> none =
                draw(Scenes.mockup().filter(new Filter("nobody")), USUAL).lines();
        assertThat(none.get(5)).contains("No engine passes the filter");
    }

    @Test
    void aStandingScreenSaysSo() {
        TimeView paused = new TimeView(true, Duration.ofSeconds(12), Duration.ofMinutes(2), Duration.ofSeconds(1));
        assertThat(draw(Scenes.mockup().time(paused), USUAL).lines().get(0)).endsWith("  PAUSED -12s");
        assertThat(draw(Scenes.mockup().time(paused), USUAL).lines().get(23)).contains("p live");
        assertThat(draw(Scenes.mockup().source("REPLAY"), USUAL).lines().get(0)).endsWith(" REPLAY 1.0s 12:30:05");
    }

    private static Trends waiting(double count) {
        return (row, trend, window, points) -> {
            double[] values = new double[points];
            boolean first = row.engine().endsWith(":8000") || row.engine().endsWith(":8003");
            Arrays.fill(values, trend == Trends.Trend.WAITING && first ? count : 31);
            return values;
        };
    }
}
