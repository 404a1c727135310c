// SPDX-License-Identifier: MIT
/** The command line, the start of the framework and the distribution. */
@NullMarked
package dev.llmtop.launcher;

import org.jspecify.annotations.NullMarked;
