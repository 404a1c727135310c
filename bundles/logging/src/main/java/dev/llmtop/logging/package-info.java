// SPDX-License-Identifier: MIT
/** Where slf4j goes. */
@NullMarked
package dev.llmtop.logging;

import org.jspecify.annotations.NullMarked;
