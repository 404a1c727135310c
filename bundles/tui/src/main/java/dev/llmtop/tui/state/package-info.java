// SPDX-License-Identifier: MIT
/** What the user did: selection, sort, filter, overlays, time. Immutable, without a terminal. */
@NullMarked
package dev.llmtop.tui.state;

import org.jspecify.annotations.NullMarked;
