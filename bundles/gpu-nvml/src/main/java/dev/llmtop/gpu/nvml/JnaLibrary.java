// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** NVML through JNA: each function by its name, so that a missing one is one missing feature. */
final class JnaLibrary implements NvmlLibrary {
    private final String path;
    private final NativeLibrary library;
    private final Map<String, Optional<Function>> functions = new HashMap<>();

    private JnaLibrary(String path, NativeLibrary library) {
        this.path = path;
        this.library = library;
    }

    /**
     * Loads a file.
     *
     * @throws LinkageError where it is no library for this machine, or JNA itself cannot be loaded
     */
    static JnaLibrary load(String path) {
        return new JnaLibrary(path, NativeLibrary.getInstance(path));
    }

    @Override
    public boolean has(String symbol) {
        return function(symbol).isPresent();
    }

    @Override
    public int call(String symbol, Object... arguments) {
        Function function = function(symbol).orElseThrow(() -> new IllegalArgumentException(symbol));
        Object[] converted = new Object[arguments.length];
        for (int at = 0; at < arguments.length; at++) {
            converted[at] = converted(arguments[at]);
        }
        return function.invokeInt(converted);
    }

    @Override
    public Block allocate(int bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        return new Block(buffer, Pointer.nativeValue(Native.getDirectBufferPointer(buffer)));
    }

    @Override
    public String path() {
        return path;
    }

    private static Object converted(Object argument) {
        if (argument instanceof Handle handle) {
            return new Pointer(handle.pointer());
        }
        return argument instanceof Block block ? new Pointer(block.address()) : argument;
    }

    private Optional<Function> function(String symbol) {
        return functions.computeIfAbsent(symbol, this::find);
    }

    private Optional<Function> find(String symbol) {
        try {
            return Optional.of(library.getFunction(symbol));
        } catch (UnsatisfiedLinkError missing) {
            return Optional.empty();
        }
    }
}
