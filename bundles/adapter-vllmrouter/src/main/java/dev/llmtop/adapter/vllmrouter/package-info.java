// SPDX-License-Identifier: MIT
/** The router of the vLLM production stack, which looks like a vLLM to whoever asks little. */
@NullMarked
package dev.llmtop.adapter.vllmrouter;

import org.jspecify.annotations.NullMarked;
