// SPDX-License-Identifier: MIT
/** The way back: the JSON contract as a snapshot. A document becomes a bounded tree, the tree a snapshot. */
@NullMarked
package dev.llmtop.report.read;

import org.jspecify.annotations.NullMarked;
