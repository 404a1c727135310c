// SPDX-License-Identifier: MIT
/** --json, --once and --watch. */
@NullMarked
package dev.llmtop.report;

import org.jspecify.annotations.NullMarked;
