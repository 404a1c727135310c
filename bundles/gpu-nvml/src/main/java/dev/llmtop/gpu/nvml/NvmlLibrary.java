// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

/** A loaded NVML, function by function. Used by one thread. */
interface NvmlLibrary {
    /** Whether it has the function: an older one lacks what a newer has. */
    boolean has(String symbol);

    /**
     * Calls a function that returns {@code nvmlReturn_t}.
     *
     * @param arguments {@link Integer}, {@link Long}, {@link Handle} or {@link Block}
     * @return the code
     */
    int call(String symbol, Object... arguments);

    /** Room for what a call writes, zeroed; lives as long as the library. */
    Block allocate(int bytes);

    /** The file. */
    String path();
}
