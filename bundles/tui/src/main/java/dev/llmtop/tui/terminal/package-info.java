// SPDX-License-Identifier: MIT
/**
 * The terminal: its modes and size through the C library, keys through Lanterna, frames as the fewest bytes. The only package of
 * this bundle that sees JNA.
 */
@NullMarked
package dev.llmtop.tui.terminal;

import org.jspecify.annotations.NullMarked;
