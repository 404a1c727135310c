// SPDX-License-Identifier: MIT
/**
 * NVIDIA GPUs through NVML, in three layers: the native library by symbol ({@code NvmlLibrary}; JNA is known to {@code JnaLibrary}
 * alone), what each call answered with its code ({@code RawDevice}), and pure logic from there to figures with reasons ({@code
 * Interpreter}). All calls are made by one thread ({@code SampleThread}).
 */
@NullMarked
package dev.llmtop.gpu.nvml;

import org.jspecify.annotations.NullMarked;
