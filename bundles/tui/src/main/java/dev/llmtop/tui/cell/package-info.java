// SPDX-License-Identifier: MIT
/** Styled cells: what a frame is made of. No terminal, no snapshot. */
@NullMarked
package dev.llmtop.tui.cell;

import org.jspecify.annotations.NullMarked;
