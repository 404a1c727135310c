// SPDX-License-Identifier: MIT
/** Host, processes, listeners, containers. */
@NullMarked
package dev.llmtop.host;

import org.jspecify.annotations.NullMarked;
