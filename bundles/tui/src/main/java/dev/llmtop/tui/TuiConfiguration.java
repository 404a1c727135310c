// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

/** The configuration of {@code dev.llmtop.tui}; it exists only where the screen is what the program shows. */
@interface TuiConfiguration {
    /** Width of the terminal as the start script saw it; 0 where it is not known. */
    int columns() default 0;

    /** Height of the terminal as the start script saw it; 0 where it is not known. */
    int rows() default 0;

    /** {@code mouse}: whether clicks and the wheel are llmtop's; false leaves marking text to the terminal. */
    boolean mouse() default true;

    /** {@code theme}: {@code auto}, {@code dark}, {@code light}, {@code mono} or {@code high-contrast}. */
    String theme() default "auto";

    /** {@code glyphs}: {@code auto}, {@code unicode} or {@code ascii}. */
    String glyphs() default "auto";

    /** {@code interval.ms}: from one tick to the next, as the monitor has it. */
    int interval_ms() default 1_000;

    /** {@code reset.view}: whether the view begins as at first, whatever was kept. */
    boolean reset_view() default false;

    /** {@code interval.given}: whether the interval was asked for by an option or a variable. */
    boolean interval_given() default false;
}
