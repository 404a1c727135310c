// SPDX-License-Identifier: MIT
/** The screen as a component: one thread that draws, and what it is fed with. */
@NullMarked
package dev.llmtop.tui;

import org.jspecify.annotations.NullMarked;
