// SPDX-License-Identifier: MIT
package dev.llmtop.tui.cell;

import dev.llmtop.agent.Pressure;
import java.util.Optional;

/**
 * The colours of pressure on a background, and what a style becomes with them. All else is in the terminal's own colours.
 *
 * @param warn absent without colours
 * @param critical absent without colours
 * @param strong whether nothing is dimmed and what is under pressure is bold
 */
public record Palette(Optional<Colour> warn, Optional<Colour> critical, boolean strong) {
    /** No colours: bold, dim and reverse say it. */
    public static final Palette MONO = new Palette(Optional.empty(), Optional.empty(), false);

    /** What a terminal can show. */
    public enum Depth {
        NONE,
        SIXTEEN,
        INDEXED,
        TRUE
    }

    /**
     * A foreground colour.
     *
     * @param value by depth: 0 to 15, 0 to 255, or 0xRRGGBB
     */
    public record Colour(Depth depth, int value) {}

    /**
     * How a cell is put onto the terminal.
     *
     * @param colour of its text; absent for the terminal's own
     */
    public record Paint(Optional<Colour> colour, boolean bold, boolean dim, boolean reverse) {}

    /** For a dark background. */
    public static Palette dark(Depth depth) {
        return of(depth, new int[] {3, 214, 0xe69f00}, new int[] {9, 209, 0xff6e4a}, false);
    }

    /** For a light background. */
    public static Palette light(Depth depth) {
        return of(depth, new int[] {3, 94, 0x8a5a00}, new int[] {1, 124, 0xa8320a}, false);
    }

    /** For a dark background and eyes that need more: nothing is dim, colours are the brightest. */
    public static Palette highContrast(Depth depth) {
        return of(depth, new int[] {11, 226, 0xffff00}, new int[] {9, 217, 0xffafaf}, true);
    }

    private static Palette of(Depth depth, int[] warn, int[] critical, boolean strong) {
        return depth == Depth.NONE
                ? new Palette(Optional.empty(), Optional.empty(), strong)
                : new Palette(Optional.of(colour(depth, warn)), Optional.of(colour(depth, critical)), strong);
    }

    private static Colour colour(Depth depth, int[] byDepth) {
        return new Colour(depth, byDepth[depth.ordinal() - 1]);
    }

    /** What a style looks like. */
    public Paint paint(Style style) {
        Optional<Colour> colour = switch (style.pressure()) {
            case NONE -> Optional.empty();
            case WARN -> warn;
            case CRITICAL -> critical;
        };
        boolean bold = style.bold() || strong && style.pressure() != Pressure.NONE;
        return new Paint(colour, bold, style.dim() && !strong, style.reverse());
    }
}
