// SPDX-License-Identifier: MIT
/**
 * What a snapshot is: immutable records that the monitor makes and that screen, report, shell, exporter and listeners read. The
 * same names and units as the JSON contract ({@code llmtop.snapshot/1}); see {@code docs/snapshot.md} of the distribution.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.llmtop.model;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
