// SPDX-License-Identifier: MIT
/** Text Generation Inference, the engine of Hugging Face. */
@NullMarked
package dev.llmtop.adapter.tgi;

import org.jspecify.annotations.NullMarked;
