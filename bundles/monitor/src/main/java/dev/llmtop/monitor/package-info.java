// SPDX-License-Identifier: MIT
/** The tick: scrapes, attribution, snapshots, events. */
@NullMarked
package dev.llmtop.monitor;

import org.jspecify.annotations.NullMarked;
