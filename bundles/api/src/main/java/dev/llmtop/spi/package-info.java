// SPDX-License-Identifier: MIT
/**
 * What third parties implement: adapters of engines, sources of GPU and host samples, listeners. See {@code docs/adapters.md} of
 * the distribution.
 *
 * <p>Contract 1.0. What is marked {@code ConsumerType} is implemented by strangers and gets only methods with a body in a minor version;
 * what is marked {@code ProviderType} is only called, and may get any. Builders, enums and {@link EngineType} (elements with defaults) may
 * grow: read enums with a {@code default}. {@link Answer} is sealed and closed for ever. An adapter built against 1.0 works in every 1.x.
 */
@NullMarked
@Export
@Version("1.0.0")
package dev.llmtop.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
