// SPDX-License-Identifier: MIT
/** A streaming reader of Prometheus and OpenMetrics text. */
@NullMarked
package dev.llmtop.exposition;

import org.jspecify.annotations.NullMarked;
