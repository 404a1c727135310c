// SPDX-License-Identifier: MIT
/** The LiteLLM proxy: a router. */
@NullMarked
package dev.llmtop.adapter.litellm;

import org.jspecify.annotations.NullMarked;
