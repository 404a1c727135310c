// SPDX-License-Identifier: MIT
/** What the screen writes: screens and snapshots for the user, settings for the next start. */
@NullMarked
package dev.llmtop.tui.keep;

import org.jspecify.annotations.NullMarked;
