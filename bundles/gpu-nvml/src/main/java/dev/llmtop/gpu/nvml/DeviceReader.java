// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.Getter.Pace;
import dev.llmtop.gpu.nvml.ProcessShapes.Use;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One device and what was last asked of it. Used by one thread. */
final class DeviceReader {
    private static final long SELDOM_NANOS = 10_000_000_000L;
    private static final long SLOW_NANOS = 5_000_000_000L;
    private static final int MOST_PARTS = 16;

    private final Caller caller;
    private final int index;
    private final String address;
    private final Map<String, Result<?>> results = new LinkedHashMap<>();
    private final ProcessUses uses = new ProcessUses();
    private Result<Handle> handle = Result.none();
    private long seldomAt;
    private long slowAt;

    /** @param address on the PCI bus, by which it is asked for; empty to ask by index */
    DeviceReader(Caller caller, int index, String address) {
        this.caller = caller;
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

    Result<Handle> handle() {
        return handle;
    }

    RawDevice read() {
        Optional<Handle> known = handle.value();
        if (known.isEmpty()) {
            return new RawDevice(index, handle, Map.of(), List.of());
        }
        long now = System.nanoTime();
        boolean seldom = seldomAt == 0 || now - seldomAt >= SELDOM_NANOS;
        for (Getter<?> getter : Getters.OF_A_DEVICE) {
            boolean due = getter.pace() == Pace.EACH || (getter.pace() == Pace.SELDOM && seldom);
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
        boolean counted = raw.field(Getters.FIELDS, FieldId.PCIE_TRANSMIT)
                .value()
                .filter(field -> field.bits() == 64)
                .isPresent();
        if (known.isEmpty() || counted || (slowAt != 0 && now - slowAt < SLOW_NANOS)) {
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
        if (raw.get(Getters.MIG_MODE).value().filter(mode -> mode.first() == 1).isEmpty()
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

    private Result<Handle> handle(String symbol, int code) {
        return code == ReturnCode.SUCCESS.number()
                ? Result.of(symbol, new Handle(caller.block(0).wide(0)))
                : Result.failed(symbol, code);
    }
}
