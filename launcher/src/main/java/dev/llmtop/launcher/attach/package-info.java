// SPDX-License-Identifier: MIT
/** Another terminal for a running instance of the same user: no framework starts here. */
@NullMarked
package dev.llmtop.launcher.attach;

import org.jspecify.annotations.NullMarked;
