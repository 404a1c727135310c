// SPDX-License-Identifier: MIT
/** From signals to identified engines. */
@NullMarked
package dev.llmtop.discovery;

import org.jspecify.annotations.NullMarked;
