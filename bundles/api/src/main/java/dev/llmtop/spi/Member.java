// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

/** A process of the engine's own tree that listens by itself. */
public record Member(Endpoint endpoint, Launch launch) {}
