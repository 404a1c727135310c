// SPDX-License-Identifier: MIT
/** The command line of the screen: commands beside the drawing thread, their completion and their output. */
@NullMarked
package dev.llmtop.tui.command;

import org.jspecify.annotations.NullMarked;
