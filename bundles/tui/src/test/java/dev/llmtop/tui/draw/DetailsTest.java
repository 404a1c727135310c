// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.tui.cell.Canvas;
import dev.llmtop.tui.cell.Frame;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.cell.Target;
import dev.llmtop.tui.cell.TextWidth;
import dev.llmtop.tui.sample.GoldenScreen;
import dev.llmtop.tui.state.Overlay;
import dev.llmtop.tui.state.RowId;
import dev.llmtop.tui.state.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DetailsTest {
    private static final Size SMALL = new Size(80, 24);

    @ParameterizedTest
    @CsvSource({
        "8000,1", "8000,2", "8000,3", "8000,4", "8000,5", "4000,1", "11434,1", "11434,2", "11434,3", "11434,4",
        "11434,5"
    })
    void eachTabAtEachSizeIsTheGoldenScreen(int port, int tab) {
        for (Size size : List.of(SMALL, new Size(120, 40), new Size(200, 50))) {
            Scene scene = DetailScenes.of("127.0.0.1:" + port, tab, 0, "", DetailScenes.all());
            GoldenScreen.check(
                    "details-" + port + "-" + tab + "-" + size.columns() + "x" + size.rows(), draw(scene, size));
        }
    }

    @Test
    void scrollingPastTheEndStaysAtTheLastLine() {
        Scene far = DetailScenes.of("127.0.0.1:8000", 5, 10_000, "", DetailScenes.all());
        List<String> lines = draw(far, SMALL).lines();
        int most = Details.lines(far, SMALL).size() - Details.room(SMALL);
        assertThat(most).isPositive();
        assertThat(lines.get(22)).startsWith("vllm:request_success_total");
        assertThat(lines.get(23)).endsWith((most + 1) + "-" + (most + 21) + " of " + (most + 21));
    }

    @Test
    void whatIsFoundStandsOnTopAndIsReversed() {
        Scene scene = DetailScenes.of("127.0.0.1:8000", 5, 0, "CAPACITY", DetailScenes.all());
        int at = Details.lines(scene, SMALL).indexOf("vllm:num_requests_waiting_by_reason{reason=\"capacity\"} 0");
        assertThat(at).isPositive();
        Frame frame = draw(DetailScenes.of("127.0.0.1:8000", 5, at, "CAPACITY", DetailScenes.all()), SMALL);
        String line = frame.lines().get(2);
        assertThat(line).startsWith("vllm:num_requests_waiting_by_reason{reason=\"capacity\"} 0");
        int column = line.indexOf("capacity");
        assertThat(frame.style(2, column).reverse()).isTrue();
        assertThat(frame.style(2, column - 1).reverse()).isFalse();
    }

    @Test
    void tabsAndKeysAreButtons() {
        Frame frame = draw(DetailScenes.of("127.0.0.1:8000", 1, 0, "", DetailScenes.all()), SMALL);
        assertThat(frame.target(1, frame.lines().get(1).indexOf("3 models")))
                .hasValue(new Target(Target.Kind.TAB, "3"));
        assertThat(frame.target(23, frame.lines().get(23).indexOf("Esc"))).hasValue(new Target(Target.Kind.KEY, "Esc"));
    }

    @Test
    void anEngineThatIsGoneKeepsItsLastValues() {
        Scene.Ghost ghost = new Scene.Ghost(DetailScenes.vllm(), Duration.ofSeconds(12));
        Scene scene = DetailScenes.of(
                RowId.of("127.0.0.1:8000"), Overlay.of(Overlay.Kind.DETAILS), List.of(), List.of(ghost));
        List<String> lines = draw(scene, SMALL).lines();
        assertThat(lines.get(1)).endsWith("! gone 12s");
        assertThat(String.join("\n", lines)).contains("gone for 12s", "decode 143/s");
    }

    @Test
    void nobodyThereSaysSo() {
        Scene scene = DetailScenes.of("127.0.0.1:1", 1, 0, "", DetailScenes.all());
        assertThat(draw(scene, SMALL).lines().get(2)).contains("no engine is selected, or the selected one has left");
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void noSizeIsTooSmallAndNoRowTooWide(Size size) {
        for (int tab = 0; tab <= 6; tab++) {
            for (EngineSnapshot engine : DetailScenes.all()) {
                Scene scene = DetailScenes.of(engine.identity().id(), tab, 3, "a", DetailScenes.all());
                assertThat(draw(scene, size).lines())
                        .hasSize(size.rows())
                        .allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(size.columns()));
            }
        }
    }

    static Stream<Size> sizes() {
        return Stream.of(
                new Size(1, 1), new Size(5, 2), new Size(20, 5), new Size(40, 10), new Size(60, 18), new Size(300, 90));
    }

    @Test
    void textThatAttacksTakesNoMoreThanItsCells() {
        String evil = "\u001b]0;x\u0007\u202e🦙日本語" + "e\u0301".repeat(5) + "x".repeat(300);
        EngineSnapshot plain = DetailScenes.vllm();
        EngineSnapshot hostile = new EngineSnapshot(
                new EngineSnapshot.Identity(
                        "127.0.0.1:8000",
                        "vllm",
                        evil,
                        Value.of(evil),
                        plain.identity().role(),
                        State.READY),
                plain.placement(),
                List.of(new ModelSnapshot(
                        evil,
                        plain.models().get(0).state(),
                        true,
                        Map.of(ModelSnapshot.Fact.ROOT, evil, ModelSnapshot.Fact.QUANTIZATION, evil),
                        plain.models().get(0).metrics(),
                        Map.of())),
                new EngineSnapshot.Serving(Map.of(evil, evil), List.of(evil, "127.0.0.1:8000"), List.of()),
                new EngineSnapshot.Measured(
                        plain.measured().metrics(),
                        plain.measured().sources(),
                        Map.of(evil, 1.0),
                        plain.measured().freshness()),
                new EngineSnapshot.Findings(List.of(Evidence.against(evil, evil)), Map.of(evil, gap(evil))));
        for (int tab = 1; tab <= 5; tab++) {
            for (Size size : List.of(SMALL, new Size(120, 40), new Size(41, 12))) {
                Scene scene = DetailScenes.of("127.0.0.1:8000", tab, 0, "x", List.of(hostile, DetailScenes.router()));
                assertThat(draw(scene, size).lines()).allSatisfy(line -> {
                    assertThat(TextWidth.of(line)).isLessThanOrEqualTo(size.columns());
                    assertThat(line).doesNotContain("\u001b", "\u0007", "\u202e");
                });
            }
        }
    }

    @Test
    void everyModelIdIsWhole() {
        Scene scene = DetailScenes.of("127.0.0.1:11434", 3, 0, "", DetailScenes.all());
        String text = String.join("", draw(scene, SMALL).lines());
        assertThat(text)
                .contains(
                        "hf.co/bartowski/a-very-long-organisation-name/Qwen2.5-Coder-32B-Instruct-abliterated-GGUF:Q4_K_M");
    }

    private static Value.Unavailable<?> gap(String text) {
        return new Value.Unavailable<>(Reason.MALFORMED, text);
    }

    private static Frame draw(Scene scene, Size size) {
        Canvas canvas = new Canvas(size);
        new Details().draw(canvas, scene);
        return canvas.frame();
    }
}
