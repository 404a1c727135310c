// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Snapshot;
import dev.llmtop.tui.cell.Frame;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.sample.EngineSample;
import dev.llmtop.tui.sample.GoldenScreen;
import dev.llmtop.tui.sample.Machines;
import dev.llmtop.tui.sample.Samples;
import dev.llmtop.tui.sample.Scenes;
import dev.llmtop.tui.state.CommandPane;
import dev.llmtop.tui.state.Overlay;
import dev.llmtop.tui.state.Prompt;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OverlaysTest {
    private static final Size USUAL = new Size(80, 24);

    private static Frame draw(Scenes scene) {
        return new ScreenRenderer().draw(scene.build(), USUAL);
    }

    @ParameterizedTest
    @EnumSource(
            value = Overlay.Kind.class,
            names = {"HELP", "EVIDENCE", "EVENTS", "MEMORY", "ASKED", "COPY"})
    void overlaysLieOverTheLowerPart(Overlay.Kind kind) {
        GoldenScreen.check(
                "overlay-" + kind.name().toLowerCase(java.util.Locale.ROOT) + "-80x24",
                draw(Scenes.mockup().overlay(Overlay.of(kind))));
    }

    @Test
    void whyListsAllThatARowLacks() {
        Scenes scene = Scenes.mockup().select("127.0.0.1:8080").overlay(Overlay.of(Overlay.Kind.WHY));
        GoldenScreen.check("overlay-why-80x24", draw(scene));
        GoldenScreen.check("overlay-why-blocked-80x24", draw(scene.select("127.0.0.1:9001")));
    }

    @Test
    void whatWasAskedListsEveryAddress() {
        Scenes scene = Scenes.of(Machines.scanning()).overlay(Overlay.of(Overlay.Kind.ASKED));
        assertThat(draw(scene).lines())
                .contains(
                        "127.0.0.1:9001          asking        asking, 1 of 3",
                        "127.0.0.1:3000 7        left-alone    a database's port");
    }

    @Test
    void aLongReasonIsSaidOnce() {
        String detail = "this build of the engine has no such figure at all";
        Snapshot mockup = Samples.mockup();
        EngineSample engine = EngineSample.at("x", 1)
                .missing(Metric.RUNNING, Reason.NOT_EXPORTED, detail)
                .missing(Metric.WAITING, Reason.NOT_EXPORTED, detail);
        Snapshot snapshot = Samples.snapshot(
                mockup.machine().host(), List.of(), List.of(engine.build()), mockup.totals(), List.of());
        assertThat(draw(Scenes.of(snapshot).overlay(Overlay.of(Overlay.Kind.WHY)))
                        .lines())
                .contains("RUN   n/a not-exported  " + detail, "WAIT  n/a not-exported  as RUN");
    }

    @Test
    void aCommandPrintsIntoTheLowerHalf() {
        CommandPane pane = new CommandPane(
                "llmtop engines -w",
                List.of(
                        "ID                    KIND     STATE   URL",
                        "127.0.0.1:8000        vllm     ready   http://127.0.0.1:8000"),
                false,
                List.of());
        Scenes scene = Scenes.mockup()
                .overlay(Overlay.of(Overlay.Kind.COMMAND))
                .command(pane)
                .prompt(new Prompt(Prompt.Kind.COMMAND, "llmtop engine 127.0.0.1:8", 25, ""));
        GoldenScreen.check("overlay-command-80x24", draw(scene));
    }

    @Test
    void aFilterIsTypedOnTheLastRow() {
        Prompt good = new Prompt(Prompt.Kind.FILTER, "kind:vllm,ollama kv>80%", 23, "");
        assertThat(draw(Scenes.mockup().prompt(good)).lines().get(23))
                .isEqualTo("/kind:vllm,ollama kv>80%_                        5 of 5   Enter keep  Esc undo");
        Prompt bad = new Prompt(Prompt.Kind.FILTER, "kv>80%% ", 8, "expected a number after >");
        assertThat(draw(Scenes.mockup().prompt(bad)).lines().get(23))
                .isEqualTo("/kv>80%% _                                      bad: expected a number after >");
    }

    @Test
    void theCursorStandsInsideTheText() {
        Prompt prompt = new Prompt(Prompt.Kind.COMMAND, "lb:engines", 2, "");
        Frame frame = draw(Scenes.mockup().prompt(prompt));
        assertThat(frame.lines().get(23)).isEqualTo(": lb:engines");
        assertThat(frame.style(23, 4).reverse()).isTrue();
        assertThat(frame.style(23, 3).reverse()).isFalse();
    }

    @Test
    void aNoteTakesThePlaceOfTheKeys() {
        assertThat(draw(Scenes.mockup().note("wrote llmtop-1.txt")).lines().get(23))
                .isEqualTo("wrote llmtop-1.txt");
    }

    @Test
    void whatIsLookedForIsReversed() {
        Overlay help = new Overlay(Overlay.Kind.HELP, 1, 0, "CTRL-L");
        Frame frame = draw(Scenes.mockup().overlay(help));
        int row = -1;
        for (int at = 0; at < 24; at++) {
            row = frame.lines().get(at).contains("Ctrl-L") ? at : row;
        }
        assertThat(frame.style(row, 5).reverse()).isTrue();
        assertThat(frame.style(row - 1, 5).reverse()).isFalse();
        OverlayText text = OverlayText.of(Scenes.mockup().overlay(help).build(), USUAL);
        assertThat(text.lines()).anyMatch(line -> line.contains("Ctrl-L"));
        assertThat(text.shown()).isEqualTo(9);
    }

    @Test
    void aLongSheetScrollsToItsEndAndNoFurther() {
        Overlay far = new Overlay(Overlay.Kind.HELP, 1, 500, "");
        Frame frame = new ScreenRenderer().draw(Scenes.mockup().overlay(far).build(), new Size(80, 12));
        assertThat(frame.lines().get(10)).startsWith("Read-only");
        assertThat(frame.lines().get(7)).contains("keys 7-9 of 9");
    }
}
