// SPDX-License-Identifier: MIT
/** Gogo commands of scope {@code llmtop}, how their results read as text, and the prompt of {@code llmtop --shell}. */
@NullMarked
package dev.llmtop.shell;

import org.jspecify.annotations.NullMarked;
