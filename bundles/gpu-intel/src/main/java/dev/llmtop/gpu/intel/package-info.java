// SPDX-License-Identifier: MIT
/** Intel GPUs on Linux: what the i915 and xe drivers tell in files. No library, no device is opened. */
@NullMarked
package dev.llmtop.gpu.intel;

import org.jspecify.annotations.NullMarked;
