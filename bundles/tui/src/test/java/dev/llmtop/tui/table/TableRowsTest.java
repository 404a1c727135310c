// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Snapshot;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.sample.EngineSample;
import dev.llmtop.tui.sample.Samples;
import dev.llmtop.tui.sample.Scenes;
import dev.llmtop.tui.state.Column;
import dev.llmtop.tui.state.Filter;
import dev.llmtop.tui.state.RowId;
import dev.llmtop.tui.state.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableRowsTest {
    private static final Size USUAL = new Size(80, 24);

    /** Branch and name of each row. */
    private static List<String> rows(Scenes scene, Size size) {
        return TableRows.of(scene.build(), size).stream()
                .map(row -> row.branch()
                        + row.model()
                                .map(model -> model.id())
                                .orElse(Integer.toString(
                                        row.engine().placement().port().orElse(0))))
                .toList();
    }

    private static Snapshot of(EngineSample... engines) {
        List<EngineSnapshot> built = new ArrayList<>();
        for (EngineSample engine : engines) {
            built.add(engine.build());
        }
        Snapshot mockup = Samples.mockup();
        return Samples.snapshot(mockup.machine().host(), List.of(), built, mockup.totals(), List.of());
    }

    private static EngineSample decoding(int port, double rate) {
        return EngineSample.at("vLLM", port).put(Metric.GENERATION_TOKENS_PER_SECOND, rate);
    }

    @Test
    void aRouterStandsBeforeItsEnginesAndAnEngineBeforeItsModels() {
        assertThat(rows(Scenes.mockup(), USUAL))
                .containsExactly(
                        "4000",
                        "├8000",
                        "├8080",
                        "│├qwen2.5-coder-3b",
                        "│└bge-m3",
                        "└11434",
                        " ├gemma3:4b",
                        " └nomic-embed-text",
                        "9001");
    }

    @Test
    void modelsFoldWhereNotAllFits() {
        assertThat(rows(Scenes.mockup(), new Size(80, 12))).containsExactly("4000", "├8000", "├8080", "└11434", "9001");
    }

    @Test
    void whatTheUserFoldsIsTheOtherWayRound() {
        assertThat(rows(Scenes.mockup().fold(false, "127.0.0.1:8080"), USUAL)).doesNotContain("│└bge-m3");
        assertThat(rows(Scenes.mockup().fold(true), USUAL)).containsExactly("4000", "├8000", "├8080", "└11434", "9001");
        assertThat(rows(Scenes.mockup().fold(true, "127.0.0.1:8080"), USUAL))
                .contains("│└bge-m3")
                .doesNotContain(" ├gemma3:4b");
        assertThat(rows(Scenes.mockup().fold(false, "127.0.0.1:4000"), USUAL)).containsExactly("4000", "9001");
    }

    @Test
    void installedModelsAreShownWhereThereIsRoom() {
        EngineSample ollama = EngineSample.at("Ollama", 11434)
                .model(Samples.model("here", ModelState.LOADED, true, 1, 1, "x"))
                .model(Samples.model("there", ModelState.AVAILABLE, false, 0, 1, "x"));
        assertThat(rows(Scenes.of(of(ollama)), USUAL)).containsExactly("11434", "└there");
        for (int at = 0; at < 30; at++) {
            ollama.model(Samples.model("m" + at, ModelState.AVAILABLE, false, 0, 1, "x"));
        }
        assertThat(rows(Scenes.of(of(ollama)), USUAL)).containsExactly("11434");
        assertThat(rows(Scenes.of(of(ollama)).fold(false, "127.0.0.1:11434"), USUAL))
                .hasSize(32);
    }

    @Test
    void anEngineBehindTwoRoutersStandsOnceAndRoutersInARingStandToo() {
        Snapshot ring = of(
                EngineSample.at("A", 1).routes("127.0.0.1:2"),
                EngineSample.at("B", 2).routes("127.0.0.1:1", "127.0.0.1:3", "127.0.0.1:2"),
                EngineSample.at("C", 3),
                EngineSample.at("D", 4).routes("127.0.0.1:3"));
        assertThat(rows(Scenes.of(ring), USUAL)).containsExactly("1", "└2", " └3", "4");
    }

    @Test
    void sortingIsFlatAndWhatIsMissingStandsLastEitherWay() {
        Snapshot snapshot = of(
                EngineSample.at("none", 1),
                EngineSample.at("missing", 2).missing(Metric.GENERATION_TOKENS_PER_SECOND, Reason.DISABLED, ""),
                decoding(3, 5),
                decoding(4, 50),
                decoding(5, 0));
        assertThat(rows(Scenes.of(snapshot).sort(Column.DECODE, false), USUAL))
                .containsExactly("4", "3", "5", "1", "2");
        assertThat(rows(Scenes.of(snapshot).sort(Column.DECODE, true), USUAL)).containsExactly("5", "3", "4", "1", "2");
        assertThat(rows(Scenes.mockup().sort(Column.PORT, true), USUAL))
                .hasSize(5)
                .allMatch(row -> row.matches("\\d+"));
    }

    @Test
    void wordsSortFromAToZ() {
        assertThat(rows(Scenes.mockup().sort(Column.ENGINE, false), USUAL))
                .containsExactly("4000", "8080", "11434", "9001", "8000");
        assertThat(rows(Scenes.mockup().sort(Column.ENGINE, true), USUAL))
                .containsExactly("8000", "9001", "11434", "8080", "4000");
    }

    @Test
    void everyColumnSorts() {
        for (Column column : Column.values()) {
            assertThat(rows(Scenes.mockup().sort(column, false), USUAL)).hasSize(5);
            assertThat(rows(Scenes.mockup().sort(column, true), USUAL)).hasSize(5);
        }
    }

    @Test
    void markedRowsStandAtTheTopWithWhatIsBelowThem() {
        assertThat(rows(Scenes.mockup().mark(RowId.of("127.0.0.1:11434")), USUAL))
                .startsWith("11434", "├gemma3:4b", "└nomic-embed-text", "4000", "├8000")
                .hasSize(9);
        assertThat(rows(Scenes.mockup().sort(Column.DECODE, false).mark(RowId.of("127.0.0.1:9001")), USUAL))
                .startsWith("9001", "8000");
    }

    @Test
    void aGhostKeepsItsPlace() {
        EngineSnapshot gone = Samples.vllm();
        Snapshot left = of(
                EngineSample.at("LiteLLM", 4000).routes("127.0.0.1:8000", "127.0.0.1:8080"),
                EngineSample.at("llama.cpp", 8080));
        Scenes scene = Scenes.of(left).ghosts(new Scene.Ghost(gone, Duration.ofSeconds(12)));
        assertThat(rows(scene, USUAL)).containsExactly("4000", "├8000", "└8080");
        TableRow ghost = TableRows.of(scene.build(), USUAL).get(1);
        RowCells cells = new RowCells(ghost);
        assertThat(cells.cell(Column.DECODE).text()).isEqualTo("unr");
        assertThat(cells.cell(Column.MEM).missing()).contains(Reason.UNREACHABLE);
        assertThat(cells.cell(Column.MODEL).text()).isEqualTo("gone 12s");
        // It came back: it stands once, and lives.
        scene.ghosts(new Scene.Ghost(gone, Duration.ofSeconds(12)));
        assertThat(TableRows.of(
                        Scenes.mockup()
                                .ghosts(new Scene.Ghost(gone, Duration.ofSeconds(12)))
                                .build(),
                        USUAL))
                .hasSize(9)
                .allMatch(row -> row.gone().isEmpty());
    }

    @Test
    void aFilterKeepsWhatMatchesAndCountsIt() {
        Scenes scene = Scenes.mockup().filter(new Filter("kind:ollama,vllm"));
        assertThat(rows(scene, USUAL)).containsExactly("8000", "11434", "├gemma3:4b", "└nomic-embed-text");
        TableModel model = TableModel.of(scene.build(), USUAL);
        assertThat(model.engines()).isEqualTo(2);
        assertThat(model.allEngines()).isEqualTo(5);
        // A model that matches brings its engine with it, but not its neighbours.
        assertThat(rows(Scenes.mockup().filter(new Filter("bge")), USUAL)).containsExactly("8080", "└bge-m3");
    }

    @Test
    void rowIdsHaveATextForm() {
        for (RowId id : List.of(RowId.of("[::1]:8000"), new RowId("unix:/a b", Optional.of("x:y z")))) {
            assertThat(RowId.parse(id.text())).isEqualTo(id);
        }
    }
}
