// SPDX-License-Identifier: MIT
/**
 * What third parties implement: adapters of engines, sources of GPU and host samples, listeners. See {@code docs/adapters.md} of
 * the distribution.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.llmtop.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
