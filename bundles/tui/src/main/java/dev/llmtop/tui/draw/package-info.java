// SPDX-License-Identifier: MIT
/** Pure renderers: a snapshot, the state of the view and a size become a frame. */
@NullMarked
package dev.llmtop.tui.draw;

import org.jspecify.annotations.NullMarked;
