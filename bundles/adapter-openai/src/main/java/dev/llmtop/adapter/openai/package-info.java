// SPDX-License-Identifier: MIT
/** What lists its models as OpenAI does and has no adapter of its own. */
@NullMarked
package dev.llmtop.adapter.openai;

import org.jspecify.annotations.NullMarked;
