// SPDX-License-Identifier: MIT
/** What no other adapter knows. */
@NullMarked
package dev.llmtop.adapter.unknown;

import org.jspecify.annotations.NullMarked;
