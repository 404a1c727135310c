// SPDX-License-Identifier: MIT
/** The SGLang engine, and the gateway that stands before several of them. */
@NullMarked
package dev.llmtop.adapter.sglang;

import org.jspecify.annotations.NullMarked;
