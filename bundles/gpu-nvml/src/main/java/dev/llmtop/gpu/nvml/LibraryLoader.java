// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

/** Loads a library file. */
@FunctionalInterface
interface LibraryLoader {
    /**
     * The library in a file.
     *
     * @throws LinkageError where it cannot be loaded
     */
    NvmlLibrary load(String path);
}
