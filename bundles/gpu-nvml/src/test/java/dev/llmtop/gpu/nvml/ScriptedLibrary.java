// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A library of plain Java: one device with a name and a utilization, and whatever a test adds. */
final class ScriptedLibrary implements NvmlLibrary {
    private final Map<String, Function<Object[], Integer>> functions = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> threads = new CopyOnWriteArrayList<>();

    ScriptedLibrary() {
        on("nvmlInit_v2", arguments -> 0);
        on("nvmlShutdown", arguments -> 0);
        on("nvmlSystemGetDriverVersion", arguments -> text(arguments[0], "550.1"));
        on("nvmlDeviceGetCount_v2", arguments -> number(arguments[0], 1));
        on("nvmlDeviceGetHandleByIndex_v2", arguments -> number(arguments[1], 77));
        on("nvmlDeviceGetHandleByPciBusId_v2", arguments -> number(arguments[1], 77));
        on("nvmlDeviceGetName", arguments -> text(arguments[1], "Scripted"));
        on("nvmlDeviceGetComputeRunningProcesses", arguments -> number(arguments[1], 0));
        on("nvmlDeviceGetUtilizationRates", arguments -> number(arguments[1], 50));
    }

    ScriptedLibrary on(String symbol, Function<Object[], Integer> function) {
        functions.put(symbol, function);
        return this;
    }

    static int number(Object block, int number) {
        ((Block) block).bytes().putInt(0, number);
        return 0;
    }

    private static int text(Object block, String text) {
        ((Block) block).bytes().put(0, (text + "\0").getBytes(StandardCharsets.UTF_8));
        return 0;
    }

    /** Every call so far. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** The threads that called, one each call. */
    List<String> threads() {
        return List.copyOf(threads);
    }

    @Override
    public boolean has(String symbol) {
        return functions.containsKey(symbol);
    }

    @Override
    public int call(String symbol, Object... arguments) {
        calls.add(symbol);
        threads.add(Thread.currentThread().getName());
        return functions.get(symbol).apply(arguments);
    }

    @Override
    public Block allocate(int bytes) {
        return new Block(ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()), 0);
    }

    @Override
    public String path() {
        return "/scripted";
    }
}
