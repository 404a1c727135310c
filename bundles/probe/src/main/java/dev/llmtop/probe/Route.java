// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

/**
 * How a server is spoken to.
 *
 * @param tls over TLS
 * @param verified with its certificate checked; only together with TLS
 */
record Route(boolean tls, boolean verified) {}
