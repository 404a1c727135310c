// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import java.time.Duration;

/**
 * What moment is shown.
 *
 * @param paused whether the screen stands still
 * @param back how far behind the last snapshot it shows; zero when live
 * @param window of graphs
 * @param interval between ticks, as the user chose it
 */
public record TimeView(boolean paused, Duration back, Duration window, Duration interval) {}
