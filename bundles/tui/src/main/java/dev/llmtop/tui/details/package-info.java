// SPDX-License-Identifier: MIT
/** All that is known of one engine, as lines: what the five tabs of the details show. Pure. */
@NullMarked
package dev.llmtop.tui.details;

import org.jspecify.annotations.NullMarked;
