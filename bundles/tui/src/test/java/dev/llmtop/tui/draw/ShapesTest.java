// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.MemoryMap;
import dev.llmtop.agent.MemoryMap.Kind;
import dev.llmtop.agent.MemoryMap.Part;
import dev.llmtop.tui.draw.MemoryLetters.Signed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShapesTest {
    @Property
    void aBarHasItsLengthAndIsFullOnlyWhenItIs(
            @ForAll @DoubleRange(min = -1, max = 2) double ratio, @ForAll @IntRange(min = 1, max = 60) int cells) {
        String bar = Bar.filled(ratio, cells);
        assertThat(bar).hasSize(cells);
        assertThat(bar.equals("█".repeat(cells))).isEqualTo(ratio >= 1);
        assertThat(Bar.filled(ratio, cells, "░")).hasSize(cells);
        assertThat(Bar.whole(ratio, cells)).hasSize(cells);
        assertThat(Bar.shares(Math.abs(ratio), 1, cells)).hasSize(cells);
    }

    @Test
    void signsAreCountedByEyeUpToEight() {
        assertThat(Bar.signs("■", 8)).hasSize(8);
        assertThat(Bar.signs("■", 9)).isEmpty();
        assertThat(Bar.signs("■", 0)).isEmpty();
    }

    @Test
    void aShareThatIsThereIsSeen() {
        assertThat(Bar.shares(1_000_000, 1, 10)).isEqualTo("▒▒▒▒▒▒▒▒▒█");
        assertThat(Bar.shares(0, 0, 4)).isBlank();
    }

    @Test
    void aCurveFillsFromBelowTwoPointsACell() {
        double[] values = {0, 1, 2, 4, 8, 8, Double.NaN, 8};
        assertThat(BrailleGraph.rows(values, 8, 2)).containsExactly("  ⣿⢸", "⢀⣼⣿⢸");
        assertThat(BrailleGraph.rows(values, 0, 2)).containsExactly("    ", "    ");
        assertThat(Sparkline.of(new double[] {0, 4, 8, Double.NaN})).isEqualTo("▁▄█ ");
    }

    @Property
    void theMemoryMapFillsItsBar(
            @ForAll @Size(max = 12) List<@LongRange(min = 0, max = 1L << 40) Long> engines,
            @ForAll @LongRange(min = 0, max = 1L << 40) long free,
            @ForAll @IntRange(min = 1, max = 200) int cells) {
        List<Part> parts = new ArrayList<>();
        for (int at = 0; at < engines.size(); at++) {
            parts.add(new Part(Kind.ENGINE, "e" + at, at % 2 == 0 ? "vLLM" : "Ollama", engines.get(at)));
        }
        parts.add(new Part(Kind.FREE, "free", "free", free));
        long total = engines.stream().mapToLong(Long::longValue).sum() + free;
        List<Signed> signed = MemoryLetters.of(new MemoryMap(total, parts, Optional.empty()), List.of());
        int[] share = MemoryLetters.cells(signed, total, cells);
        assertThat(Arrays.stream(share).min().orElse(0)).isNotNegative();
        assertThat(Arrays.stream(share).sum()).isLessThanOrEqualTo(cells);
        if (total > 0) {
            assertThat(Arrays.stream(share).sum()).isEqualTo(cells);
        }
        for (int at = 0; at < share.length; at++) {
            boolean there = signed.get(at).part().bytes() > 0;
            assertThat(share[at] > 0 && !there).isFalse();
            if (there && cells >= 30) {
                assertThat(share[at]).isPositive();
            }
        }
    }

    @Test
    void enginesOfOneLetterGetDigits() {
        List<Part> parts = List.of(
                new Part(Kind.ENGINE, "a", "vLLM", 1),
                new Part(Kind.ENGINE, "b", "vLLM", 1),
                new Part(Kind.ENGINE, "c", "Ollama", 1),
                new Part(Kind.ENGINE, "d", "\u6a21\u578b", 1));
        assertThat(MemoryLetters.of(new MemoryMap(4, parts, Optional.empty()), List.of("c", "a")))
                .extracting(Signed::sign)
                .containsExactly("O", "V", "1", "2", "s", ".");
    }
}
