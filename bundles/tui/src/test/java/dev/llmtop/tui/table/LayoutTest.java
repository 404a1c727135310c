// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.sample.Machines;
import dev.llmtop.tui.sample.Samples;
import dev.llmtop.tui.sample.Scenes;
import dev.llmtop.tui.state.Column;
import dev.llmtop.tui.state.Part;
import dev.llmtop.tui.table.ColumnLayout.Place;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static List<Column> columns(int width, Column focus) {
        return ColumnLayout.of(width, focus).places().stream()
                .map(Place::column)
                .toList();
    }

    @Test
    void columnsAreKeptInTheOrderOfTheirWorth() {
        assertThat(columns(40, Column.ENGINE)).containsExactly(Column.ENGINE, Column.MODEL, Column.DECODE, Column.RUN);
        assertThat(columns(80, Column.ENGINE)).hasSize(10).endsWith(Column.TTFT, Column.MEM);
        assertThat(columns(120, Column.ENGINE))
                .hasSize(17)
                .contains(Column.KV_BAR)
                .doesNotContain(Column.END_TO_END);
        assertThat(columns(200, Column.ENGINE)).hasSize(Column.values().length - 1);
    }

    @Test
    void theFocusScrollsColumnsIntoSight() {
        for (Column focus : Column.displayOrder()) {
            assertThat(columns(80, focus)).contains(focus).startsWith(Column.ENGINE, Column.MODEL);
        }
        assertThat(columns(80, Column.VERSION)).endsWith(Column.VERSION).doesNotContain(Column.DECODE);
    }

    @Property
    void columnsNeverOverlapNorStandOut(@ForAll @IntRange(min = 40, max = 400) int width, @ForAll Column focus) {
        int end = ColumnLayout.MARGIN - 1;
        for (Place place : ColumnLayout.of(width, focus).places()) {
            assertThat(place.at()).isEqualTo(end + 1);
            assertThat(place.width()).isPositive();
            end = place.end();
        }
        assertThat(end).isLessThanOrEqualTo(width - 1);
    }

    @Provide
    Arbitrary<Scenes> scenes() {
        return Arbitraries.of(
                Scenes.mockup(),
                Scenes.of(Machines.eightGpus()),
                Scenes.of(Machines.gpus(20)),
                Scenes.of(Machines.empty()),
                Scenes.of(Samples.mockup()).hide(Part.values()));
    }

    @Property
    void bandsFillTheScreenWithoutOverlap(
            @ForAll("scenes") Scenes scene,
            @ForAll @IntRange(min = 40, max = 240) int columns,
            @ForAll @IntRange(min = 10, max = 80) int rows,
            @ForAll @IntRange(min = 0, max = 60) int wanted) {
        ScreenLayout layout = ScreenLayout.of(scene.build(), new Size(columns, rows), wanted);
        List<Band> bands = new ArrayList<>(List.of(
                layout.upper().gpu(), layout.upper().memory(), layout.upper().flow(), layout.table()));
        ScreenLayout.Lower lower = layout.lower();
        bands.addAll(List.of(
                lower.graphs(), lower.latency(), lower.panes(), lower.events(), lower.inspector(), lower.keys()));
        int next = 1;
        for (Band band : bands) {
            if (band.shown()) {
                assertThat(band.top()).isEqualTo(next);
                next += band.rows();
            }
        }
        assertThat(next).isEqualTo(rows);
        assertThat(layout.tableRows()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void partsGoInTheirOrderAsTheHeightShrinks() {
        List<String> gone = new ArrayList<>();
        for (int rows = 48; rows >= 10; rows--) {
            ScreenLayout layout =
                    ScreenLayout.of(Scenes.of(Machines.eightGpus()).build(), new Size(80, rows), 6);
            note(gone, "graphs", layout.lower().graphs().shown());
            note(gone, "latency", layout.lower().latency().shown());
            note(gone, "events", layout.lower().events().shown());
            note(gone, "inspector", layout.lower().inspector().shown());
            note(gone, "flow", layout.upper().flow().shown());
            assertThat(layout.lower().keys().shown()).isTrue();
        }
        assertThat(gone).containsExactly("graphs", "latency", "events", "inspector", "flow");
        ScreenLayout least = ScreenLayout.of(Scenes.of(Machines.eightGpus()).build(), new Size(60, 10), 6);
        assertThat(least.upper().gpuSummary()).isTrue();
    }

    private static void note(List<String> gone, String part, boolean shown) {
        if (!shown && !gone.contains(part)) {
            gone.add(part);
        } else if (shown) {
            gone.remove(part);
        }
    }

    @Test
    void hiddenPartsLeaveTheirRowsToTheTable() {
        ScreenLayout all = ScreenLayout.of(Scenes.mockup().build(), new Size(80, 24), 9);
        ScreenLayout few = ScreenLayout.of(
                Scenes.mockup()
                        .hide(Part.GPU, Part.EVENTS, Part.INSPECTOR, Part.GRAPHS)
                        .build(),
                new Size(80, 24),
                9);
        assertThat(few.tableRows()).isEqualTo(all.tableRows() + 1 + 3 + 3);
    }
}
