// SPDX-License-Identifier: MIT
/** Where slf4j goes: a redacted, rotated file of this user, and with debug to standard error as well. */
@NullMarked
package dev.llmtop.logging;

import org.jspecify.annotations.NullMarked;
