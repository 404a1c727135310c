// SPDX-License-Identifier: MIT
/** The vLLM engine. */
@NullMarked
package dev.llmtop.adapter.vllm;

import org.jspecify.annotations.NullMarked;
