// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Pressure;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.tui.sample.EngineSample;
import dev.llmtop.tui.sample.Samples;
import dev.llmtop.tui.state.Column;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RowCellsTest {
    private static TableRow row(EngineSample engine) {
        return new TableRow(engine.build(), Optional.empty(), "", Optional.empty(), false);
    }

    private static TableCell cell(EngineSample engine, Column column) {
        return new RowCells(row(engine)).cell(column);
    }

    @ParameterizedTest
    @CsvSource({"0,0%,NONE", "0.31,31%,NONE", "0.8,80%!,WARN", "0.96,96%!,CRITICAL", "1,100!,CRITICAL"})
    void aMarkTakesTheLastPlaceOfAKvCell(double ratio, String text, Pressure pressure) {
        TableCell cell = cell(EngineSample.at("x", 1).put(Metric.KV_CACHE_USED_RATIO, ratio), Column.KV);
        assertThat(cell.text()).isEqualTo(text);
        assertThat(cell.pressure()).isEqualTo(pressure);
        assertThat(cell.text().length()).isLessThanOrEqualTo(Column.KV.width());
    }

    @ParameterizedTest
    @CsvSource({"7,7!", "42,42!", "421,421!", "4210,4K!", "999999,1M!"})
    void aMarkTakesADigitOfWaitingRequests(long count, String text) {
        TableRow row = row(EngineSample.at("x", 1).put(Metric.WAITING, count));
        TableCell cell = new RowCells(row, Pressure.WARN).cell(Column.WAIT);
        assertThat(cell.text().length()).isLessThanOrEqualTo(Column.WAIT.width());
        assertThat(cell.text()).endsWith("!").isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void aMissingValueIsItsReason(Reason reason) {
        TableCell cell = cell(EngineSample.at("x", 1).missing(Metric.RUNNING, reason, "because"), Column.RUN);
        assertThat(cell.text()).isEqualTo(reason == Reason.NO_SAMPLE_YET ? "…" : reason.cell());
        assertThat(cell.missing()).contains(reason);
    }

    @Test
    void whatDoesNotApplyIsBlank() {
        assertThat(cell(EngineSample.at("x", 1).put(Metric.RUNNING, 0L), Column.KV))
                .isEqualTo(TableCell.BLANK);
        assertThat(cell(EngineSample.at("x", 1).put(Metric.RUNNING, 0L), Column.RUN)
                        .text())
                .isEqualTo("0");
    }

    @Test
    void aGapOfTheWholeCoversItsParts() {
        EngineSample closed = EngineSample.at("x", 1).gap("metrics", Reason.NEEDS_KEY, "401");
        assertThat(cell(closed, Column.TTFT).missing()).contains(Reason.NEEDS_KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "LOADING,LOADING",
        "UNREACHABLE,UNREACHABLE",
        "BLOCKED,NEEDS_KEY",
        "SLEEPING,ASLEEP",
        "IDENTIFYING,NO_SAMPLE_YET"
    })
    void anEngineWithoutFiguresSaysItsState(State state, Reason reason) {
        assertThat(cell(EngineSample.at("x", 1).state(state), Column.DECODE).missing())
                .contains(reason);
    }

    @Test
    void aModelSharesTheReasonsOfItsEngineButNotItsFigures() {
        EngineSample engine = EngineSample.at("x", 1)
                .put(Metric.RUNNING, 3L)
                .missing(Metric.WAITING, Reason.NOT_EXPORTED, "never")
                .model(Samples.model("m", ModelState.LOADED, true, 1, 2_048, "awq"));
        TableRow model =
                new TableRow(engine.build(), Optional.of(engine.build().models().get(0)), "└", Optional.empty(), false);
        RowCells cells = new RowCells(model);
        assertThat(cells.cell(Column.RUN)).isEqualTo(TableCell.BLANK);
        assertThat(cells.cell(Column.WAIT).missing()).contains(Reason.NOT_EXPORTED);
        assertThat(cells.cell(Column.ENGINE).text()).isEqualTo("└");
        assertThat(cells.cell(Column.CONTEXT).text()).isEqualTo("2K");
        assertThat(cells.cell(Column.PORT).text()).isEmpty();
    }

    @Test
    void slowFirstTokensAreMarked() {
        EngineSample slow = EngineSample.at("x", 1).put(Metric.TIME_TO_FIRST_TOKEN, Samples.latency(1, 5, 12.34));
        assertThat(cell(slow, Column.TTFT_P99).text()).isEqualTo("12s!");
        assertThat(cell(slow, Column.TTFT).text()).isEqualTo("1.00s");
    }

    @Test
    void withoutAGpuMemoryIsWhatTheProcessesHold() {
        EngineSample engine = EngineSample.at("x", 1).process(Samples.process(7, "root", "x"));
        TableRow row = row(engine);
        assertThat(new RowCells(row).cell(Column.MEM)).isEqualTo(TableCell.BLANK);
        TableRow resident = new TableRow(row.engine(), row.model(), "", row.gone(), false, true);
        assertThat(new RowCells(resident).cell(Column.MEM).text()).isEqualTo("4.8G");
    }

    @Test
    void aFileStandsByItsNameAndARepositoryWhole() {
        EngineSample file = EngineSample.at("x", 1)
                .model(Samples.model("/opt/models/tiny.gguf", ModelState.LOADED, true, 1, 1, "x"));
        assertThat(cell(file, Column.MODEL).text()).isEqualTo("tiny.gguf");
        assertThat(new RowFacts(row(file)).modelId()).contains("/opt/models/tiny.gguf");
        EngineSample repository =
                EngineSample.at("x", 1).model(Samples.model("Qwen/Qwen3", ModelState.LOADED, true, 1, 1, "x"));
        assertThat(cell(repository, Column.MODEL).text()).isEqualTo("Qwen/Qwen3");
    }
}
