// SPDX-License-Identifier: MIT
/** What was: snapshots, series, engines that left and events, each within bounds. Fed with snapshots, live or replayed alike. */
@NullMarked
package dev.llmtop.tui.history;

import org.jspecify.annotations.NullMarked;
