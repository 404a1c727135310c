// SPDX-License-Identifier: MIT
/** Gogo commands of scope llmtop. */
@NullMarked
package dev.llmtop.shell;

import org.jspecify.annotations.NullMarked;
