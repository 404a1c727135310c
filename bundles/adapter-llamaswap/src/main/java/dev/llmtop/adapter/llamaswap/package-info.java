// SPDX-License-Identifier: MIT
/** llama-swap: a router that starts and ends its own backends. */
@NullMarked
package dev.llmtop.adapter.llamaswap;

import org.jspecify.annotations.NullMarked;
