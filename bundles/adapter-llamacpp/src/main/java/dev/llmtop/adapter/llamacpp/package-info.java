// SPDX-License-Identifier: MIT
/** The adapter of llama.cpp's server: alone, as a router of several models, and as a library inside another program. */
@NullMarked
package dev.llmtop.adapter.llamacpp;

import org.jspecify.annotations.NullMarked;
