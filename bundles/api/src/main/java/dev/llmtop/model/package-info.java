// SPDX-License-Identifier: MIT
/**
 * What a snapshot is: immutable records that the monitor makes and that screen, report, shell, exporter and listeners read. The
 * same names and units as the JSON contract ({@code llmtop.snapshot/1}); see {@code docs/snapshot.md} of the distribution.
 *
 * <p>Contract 1.0. A minor version may add constants to enums, types, methods and record components with a constructor for those
 * there were; it never removes, renames, or changes a meaning or a unit. Read enums with a {@code default}. {@link Value} is sealed and
 * closed for ever.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.llmtop.model;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
