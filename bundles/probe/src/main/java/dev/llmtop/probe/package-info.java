// SPDX-License-Identifier: MIT
/** The only code that opens a socket to an engine. */
@NullMarked
package dev.llmtop.probe;

import org.jspecify.annotations.NullMarked;
