// SPDX-License-Identifier: MIT
/**
 * A streaming reader of Prometheus text 0.0.4 and OpenMetrics 1.0, and {@link dev.llmtop.exposition.SeriesTable}, which says in
 * rows what the series of a page mean. For adapters of engines that have such a page.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.llmtop.exposition;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
