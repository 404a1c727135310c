// SPDX-License-Identifier: MIT
/**
 * A streaming reader of Prometheus text 0.0.4 and OpenMetrics 1.0, and {@link dev.llmtop.exposition.SeriesTable}, which says in
 * rows what the series of a page mean. For adapters of engines that have such a page.
 *
 * <p>Contract 1.0. A minor version may add rows to {@link SeriesTable}, ways to combine and types; what a row made of a page before, it
 * makes of it after.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.llmtop.exposition;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
