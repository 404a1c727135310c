// SPDX-License-Identifier: MIT
package dev.llmtop.tui.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Pressure;
import dev.llmtop.tui.cell.Palette.Colour;
import dev.llmtop.tui.cell.Palette.Depth;
import org.junit.jupiter.api.Test;

class PaletteTest {
    /** Least contrast of the colours with their background. */
    private static final double LEAST = 5.4;

    private static final int BLACK = 0x000000;
    private static final int WHITE = 0xffffff;

    @Test
    void coloursAreThoseOfTheSheet() {
        assertThat(Palette.dark(Depth.TRUE).warn()).contains(new Colour(Depth.TRUE, 0xe69f00));
        assertThat(Palette.dark(Depth.TRUE).critical()).contains(new Colour(Depth.TRUE, 0xff6e4a));
        assertThat(Palette.dark(Depth.INDEXED).warn()).contains(new Colour(Depth.INDEXED, 214));
        assertThat(Palette.dark(Depth.INDEXED).critical()).contains(new Colour(Depth.INDEXED, 209));
        assertThat(Palette.dark(Depth.SIXTEEN).critical()).contains(new Colour(Depth.SIXTEEN, 9));
        assertThat(Palette.light(Depth.TRUE).warn()).contains(new Colour(Depth.TRUE, 0x8a5a00));
        assertThat(Palette.light(Depth.INDEXED).critical()).contains(new Colour(Depth.INDEXED, 124));
        assertThat(Palette.light(Depth.SIXTEEN).critical()).contains(new Colour(Depth.SIXTEEN, 1));
        assertThat(Palette.dark(Depth.NONE).warn()).isEmpty();
        assertThat(Palette.MONO.critical()).isEmpty();
    }

    @Test
    void coloursStandOutFromTheirBackground() {
        assertContrast(Palette.dark(Depth.TRUE), BLACK);
        assertContrast(Palette.light(Depth.TRUE), WHITE);
        assertContrast(Palette.highContrast(Depth.TRUE), BLACK);
    }

    private static void assertContrast(Palette palette, int background) {
        assertThat(contrast(palette.warn().orElseThrow().value(), background)).isGreaterThanOrEqualTo(LEAST);
        assertThat(contrast(palette.critical().orElseThrow().value(), background))
                .isGreaterThanOrEqualTo(LEAST);
    }

    /** Source: Web Content Accessibility Guidelines 2.1, contrast ratio. */
    private static double contrast(int one, int other) {
        double lighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(int colour) {
        return 0.2126 * linear(colour >> 16) + 0.7152 * linear(colour >> 8 & 0xff) + 0.0722 * linear(colour & 0xff);
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    @Test
    void pressureIsSeenWithoutColour() {
        Palette.Paint critical = Palette.MONO.paint(Style.of(Pressure.CRITICAL));
        assertThat(critical.bold() && critical.reverse()).isTrue();
        assertThat(critical.colour()).isEmpty();
        assertThat(Palette.MONO.paint(Style.DIM).dim()).isTrue();
        assertThat(Palette.highContrast(Depth.TRUE).paint(Style.DIM).dim()).isFalse();
        assertThat(Palette.highContrast(Depth.TRUE)
                        .paint(Style.of(Pressure.WARN))
                        .bold())
                .isTrue();
        assertThat(Palette.dark(Depth.TRUE).paint(Style.PLAIN).colour()).isEmpty();
    }
}
