// SPDX-License-Identifier: MIT
/** The language of the filter: words that a row must have, compared with what an engine and its models are. */
@NullMarked
package dev.llmtop.tui.filter;

import org.jspecify.annotations.NullMarked;
