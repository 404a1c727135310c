// SPDX-License-Identifier: MIT
/** The table: which rows stand in which order, what is in their cells, which columns fit, and how the screen is divided. */
@NullMarked
package dev.llmtop.tui.table;

import org.jspecify.annotations.NullMarked;
