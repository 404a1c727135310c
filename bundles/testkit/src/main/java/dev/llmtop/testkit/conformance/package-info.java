// SPDX-License-Identifier: MIT
/**
 * The suite that every adapter passes. A test class that implements {@link dev.llmtop.testkit.conformance.AdapterConformance} and
 * names its adapter is the whole of it. Needs JUnit 5.
 *
 * <p>A minor version may add checks that an adapter which keeps the written contract passes already; {@code AdapterConformance} only
 * gets further {@code default} methods.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.llmtop.testkit.conformance;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
