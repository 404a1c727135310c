// SPDX-License-Identifier: MIT
/**
 * The tick: scan, discovery, scrapes, GPU and host samples become a snapshot with its events. The history of readings is kept here,
 * so that updating whatever derives or reads them loses nothing. All threads of the agent's own work are here too, and end with it.
 */
@NullMarked
package dev.llmtop.monitor;

import org.jspecify.annotations.NullMarked;
