// SPDX-License-Identifier: MIT
/** The Ollama engine and its runners. */
@NullMarked
package dev.llmtop.adapter.ollama;

import org.jspecify.annotations.NullMarked;
