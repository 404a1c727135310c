// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.Getter.Pace;
import dev.llmtop.gpu.nvml.ProcessShapes.Use;
import dev.llmtop.gpu.nvml.Result.Attempt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** NVML between its start and its shutdown: asks every device for everything, each thing at its pace. Used by one thread. */
final class Session {
    private static final long SELDOM_NANOS = 10_000_000_000L;
    private static final long SLOW_NANOS = 5_000_000_000L;
    private static final int MOST_DEVICES = 64;
    private static final int MOST_PARTS = 16;

    private final Caller caller;
    private final Map<String, Device> devices = new LinkedHashMap<>();
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
        if (!cards.isEmpty() && cards.stream().allMatch(DisplayCard::asleep)) {
            return List.of();
        }
        Result<Long> count = count();
        system = List.of(driverVersion(), text("nvmlSystemGetNVMLVersion"), cudaVersion(), count);
        List<RawDevice> raw = new ArrayList<>();
        boolean someSleep = cards.stream().anyMatch(DisplayCard::asleep);
        if (someSleep) {
            // An index would have to be tried to see whose it is, and that wakes: so by address.
            for (int index = 0; index < cards.size(); index++) {
                if (!cards.get(index).asleep()) {
                    Device device = device(index, cards.get(index).address());
                    if (!device.handle.returned(ReturnCode.NOT_FOUND)) {
                        raw.add(device.read());
                    }
                }
            }
            return raw;
        }
        for (int index = 0; index < Math.min(MOST_DEVICES, count.value().orElse(0L)); index++) {
            raw.add(device(index, "").read());
        }
        return raw;
    }

    /** Asks one device for what makes its caller wait; the devices take turns. */
    void readSlow() {
        long now = System.nanoTime();
        List<Device> all = new ArrayList<>(devices.values());
        for (int turn = 0; turn < all.size(); turn++) {
            nextSlow = (nextSlow + 1) % all.size();
            if (all.get(nextSlow).readSlow(now)) {
                return;
            }
        }
    }

    /** Whether NVML itself, not a device, ceased to work. */
    boolean isBroken() {
        return system.stream()
                .anyMatch(result -> result.returned(ReturnCode.UNINITIALIZED)
                        || result.returned(ReturnCode.DRIVER_NOT_LOADED)
                        || result.returned(ReturnCode.LIB_RM_VERSION_MISMATCH));
    }

    private Device device(int index, String address) {
        Device device = devices.computeIfAbsent(index + " " + address, unused -> new Device(index, address));
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

    private Result<Handle> handle(String symbol, int code) {
        return code == ReturnCode.SUCCESS.number()
                ? Result.of(symbol, new Handle(caller.block(0).wide(0)))
                : Result.failed(symbol, code);
    }

    /** One device and what was last asked of it. */
    private final class Device {
        private final int index;
        private final String address;
        private final Map<String, Result<?>> results = new LinkedHashMap<>();
        private Result<Handle> handle = Result.none();
        private long seldomAt;
        private long slowAt;
        private final ProcessUses uses = new ProcessUses();

        Device(int index, String address) {
            this.index = index;
            this.address = address;
        }

        /** Asks for the handle unless it is there: a good one stays good until the shutdown. */
        void open() {
            if (handle.value().isPresent()) {
                return;
            }
            Block out = caller.block(0).clear(8);
            if (!address.isEmpty()) {
                String symbol = "nvmlDeviceGetHandleByPciBusId_v2";
                byte[] text = (address + "\0").getBytes(StandardCharsets.US_ASCII);
                caller.block(1).bytes().put(0, text);
                handle = caller.has(symbol)
                        ? handle(symbol, caller.call(symbol, caller.block(1), out))
                        : Result.failed(symbol, Result.NO_SYMBOL);
                return;
            }
            String symbol = caller.has("nvmlDeviceGetHandleByIndex_v2")
                    ? "nvmlDeviceGetHandleByIndex_v2"
                    : "nvmlDeviceGetHandleByIndex";
            handle = caller.has(symbol)
                    ? handle(symbol, caller.call(symbol, index, out))
                    : Result.failed(symbol, Result.NO_SYMBOL);
        }

        RawDevice read() {
            Optional<Handle> known = handle.value();
            if (known.isEmpty()) {
                return new RawDevice(index, handle, Map.of(), List.of());
            }
            long now = System.nanoTime();
            boolean seldom = seldomAt == 0 || now - seldomAt >= SELDOM_NANOS;
            for (Getter<?> getter : Getters.OF_A_DEVICE) {
                boolean due = getter.pace() == Pace.EACH || getter.pace() == Pace.SELDOM && seldom;
                if (due) {
                    results.put(getter.name(), caller.ask(getter, known.get()));
                } else {
                    results.putIfAbsent(getter.name(), Result.none());
                }
            }
            seldomAt = seldom ? now : seldomAt;
            readUses(known.get());
            RawDevice raw = new RawDevice(index, handle, results, List.of());
            if (raw.isLost()) {
                handle = Result.none();
            }
            return new RawDevice(index, raw.handle(), raw.results(), parts(raw, known.get()));
        }

        private void readUses(Handle known) {
            Getter<List<Use>> getter = Getters.processUse(uses.until());
            results.put(getter.name(), uses.next(caller.ask(getter, known), System.nanoTime()));
        }

        /** Whether it asked: it is its turn, and no quick call tells the same. */
        boolean readSlow(long now) {
            Optional<Handle> known = handle.value();
            RawDevice raw = new RawDevice(index, handle, results, List.of());
            boolean counted = raw.field(Getters.FIELDS, FieldShape.Id.PCIE_TRANSMIT)
                    .value()
                    .filter(field -> field.bits() == 64)
                    .isPresent();
            if (known.isEmpty() || counted || slowAt != 0 && now - slowAt < SLOW_NANOS) {
                return false;
            }
            slowAt = now;
            for (Getter<?> getter : Getters.OF_A_DEVICE) {
                if (getter.pace() == Pace.SLOW) {
                    results.put(getter.name(), caller.ask(getter, known.get()));
                }
            }
            return true;
        }

        /** Looked up each time: an instance goes with its compute instance, and its handle may then mean another. */
        private List<RawDevice> parts(RawDevice raw, Handle known) {
            if (raw.get(Getters.MIG_MODE)
                            .value()
                            .filter(mode -> mode.first() == 1)
                            .isEmpty()
                    || !caller.has("nvmlDeviceGetMigDeviceHandleByIndex")) {
                return List.of();
            }
            long most = caller.ask(Getter.each("nvmlDeviceGetMaxMigDeviceCount", Shape.unsigned()), known)
                    .value()
                    .orElse(0L);
            List<RawDevice> parts = new ArrayList<>();
            for (int at = 0; at < Math.min(MOST_PARTS, most); at++) {
                String symbol = "nvmlDeviceGetMigDeviceHandleByIndex";
                int code = caller.call(symbol, known, at, caller.block(0).clear(8));
                Result<Handle> part = handle(symbol, code);
                if (part.value().isPresent()) {
                    parts.add(part(at, part, part.value().get()));
                }
            }
            return parts;
        }

        private RawDevice part(int at, Result<Handle> part, Handle known) {
            Map<String, Result<?>> asked = new LinkedHashMap<>();
            for (Getter<?> getter : Getters.OF_A_PART) {
                asked.put(getter.name(), caller.ask(getter, known));
            }
            return new RawDevice(at, part, asked, List.of());
        }
    }
}
