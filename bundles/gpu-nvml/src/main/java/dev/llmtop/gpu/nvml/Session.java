// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.Result.Attempt;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** NVML between its start and its shutdown: asks every device for everything, each thing at its pace. Used by one thread. */
final class Session {
    private static final int MOST_DEVICES = 64;

    private final Caller caller;
    private final Map<String, DeviceReader> devices = new LinkedHashMap<>();
    private List<DeviceReader> current = List.of();
    private List<Result<?>> system = List.of();
    private int nextSlow;

    Session(Caller caller) {
        this.caller = caller;
    }

    /** Starts NVML. */
    static Result<String> start(Caller caller) {
        List<Attempt> attempts = new ArrayList<>();
        for (String symbol : List.of("nvmlInit_v2", "nvmlInit")) {
            int code = caller.has(symbol) ? caller.call(symbol) : Result.NO_SYMBOL;
            attempts.add(new Attempt(symbol, code));
            if (code != Result.NO_SYMBOL) {
                return new Result<>(attempts, code == 0 ? Optional.of("started") : Optional.empty());
            }
        }
        return new Result<>(attempts, Optional.empty());
    }

    void shutdown() {
        if (caller.has("nvmlShutdown")) {
            caller.call("nvmlShutdown");
        }
    }

    /** Versions and the number of devices. */
    List<Result<?>> system() {
        return system;
    }

    Result<String> driverVersion() {
        return text("nvmlSystemGetDriverVersion");
    }

    /**
     * Asks all devices.
     *
     * @param cards NVIDIA's display devices by the system's list, in the order of their addresses; those asleep are not touched
     */
    List<RawDevice> read(List<DisplayCard> cards) {
        current = List.of();
        if (!cards.isEmpty() && cards.stream().allMatch(DisplayCard::asleep)) {
            return List.of();
        }
        Result<Long> count = count();
        system = List.of(driverVersion(), text("nvmlSystemGetNVMLVersion"), cudaVersion(), count);
        current = cards.stream().anyMatch(DisplayCard::asleep)
                ? awake(cards)
                : all(Math.min(MOST_DEVICES, count.value().orElse(0L)));
        List<RawDevice> raw = new ArrayList<>();
        current.forEach(device -> raw.add(device.read()));
        return raw;
    }

    private List<DeviceReader> all(long count) {
        List<DeviceReader> all = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            all.add(device(index, ""));
        }
        return all;
    }

    /** An index would have to be tried to see whose it is, and that wakes: so by address. */
    private List<DeviceReader> awake(List<DisplayCard> cards) {
        List<DeviceReader> awake = new ArrayList<>();
        for (int index = 0; index < cards.size(); index++) {
            if (!cards.get(index).asleep()) {
                DeviceReader device = device(index, cards.get(index).address());
                if (!device.handle().returned(ReturnCode.NOT_FOUND)) {
                    awake.add(device);
                }
            }
        }
        return awake;
    }

    /** Asks one of the devices last read for what makes its caller wait; they take turns. */
    void readSlow() {
        long now = System.nanoTime();
        for (int turn = 0; turn < current.size(); turn++) {
            nextSlow = (nextSlow + 1) % current.size();
            if (current.get(nextSlow).readSlow(now)) {
                return;
            }
        }
    }

    /** Why there is no device, where there is none; empty where there is one. */
    Optional<String> noDevice() {
        Result<?> count = system.isEmpty() ? Result.none() : system.get(system.size() - 1);
        return current.isEmpty()
                ? Optional.of(count.unavailable()
                        .missing()
                        .filter(missing -> count.value().isEmpty())
                        .map(Value.Unavailable::detail)
                        .orElse("the driver lists no GPU"))
                : Optional.empty();
    }

    /** Why NVML itself, not a device, ceased to work; empty while it works. */
    Optional<String> broken() {
        return system.stream()
                .filter(result -> result.returned(ReturnCode.UNINITIALIZED)
                        || result.returned(ReturnCode.DRIVER_NOT_LOADED)
                        || result.returned(ReturnCode.LIB_RM_VERSION_MISMATCH))
                .findFirst()
                .flatMap(result -> result.unavailable().missing())
                .map(Value.Unavailable::detail);
    }

    private DeviceReader device(int index, String address) {
        DeviceReader device =
                devices.computeIfAbsent(index + " " + address, unused -> new DeviceReader(caller, index, address));
        device.open();
        return device;
    }

    private Result<Long> count() {
        return plain("nvmlDeviceGetCount_v2", "nvmlDeviceGetCount");
    }

    private Result<Long> cudaVersion() {
        return plain("nvmlSystemGetCudaDriverVersion_v2", "nvmlSystemGetCudaDriverVersion");
    }

    private Result<Long> plain(String... symbols) {
        List<Attempt> attempts = new ArrayList<>();
        for (String symbol : symbols) {
            int code = caller.has(symbol) ? caller.call(symbol, caller.block(0).clear(4)) : Result.NO_SYMBOL;
            attempts.add(new Attempt(symbol, code));
            if (code == ReturnCode.SUCCESS.number()) {
                return new Result<>(attempts, Optional.of(caller.block(0).unsigned(0)));
            }
        }
        return new Result<>(attempts, Optional.empty());
    }

    private Result<String> text(String symbol) {
        if (!caller.has(symbol)) {
            return Result.failed(symbol, Result.NO_SYMBOL);
        }
        int code = caller.call(symbol, caller.block(0).clear(96), 96);
        return code == ReturnCode.SUCCESS.number()
                ? Result.of(symbol, caller.block(0).text(0, 96))
                : Result.failed(symbol, code);
    }
}
