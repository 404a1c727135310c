// SPDX-License-Identifier: MIT
/** AMD GPUs on Linux: what the amdgpu driver and its compute part tell in files. No library, no device is opened. */
@NullMarked
package dev.llmtop.gpu.amd;

import org.jspecify.annotations.NullMarked;
