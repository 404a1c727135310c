// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

/** A device, or a part of one, as NVML names it: a pointer that only NVML follows. */
record Handle(long pointer) {}
