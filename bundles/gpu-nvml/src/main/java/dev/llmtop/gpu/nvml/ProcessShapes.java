// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.Shape.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/** The lists of processes: they grow between two calls, so the room is asked for anew a few times, then given up. */
final class ProcessShapes {
    private static final int FIRST_ENTRIES = 64;
    private static final int MOST_ENTRIES = 16_384;
    private static final int MOST_TRIES = 6;

    /** An entry of a list may be wider than it should be; see {@link #widePattern}. */
    private static final int WIDEST_ENTRY = 40;

    private static final int ENTRY = 24;
    private static final int WIDE_ENTRY = 32;
    private static final byte PATTERN = 0x5A;

    private ProcessShapes() {}

    /**
     * A process as the driver lists it.
     *
     * @param bytes of memory; all ones where the driver does not know
     * @param gpuInstance of MIG; all ones where there is none
     */
    record Listed(long pid, long bytes, long gpuInstance) {
        /** What stands for "not available" in NVML. */
        static final long ALL_ONES = -1L;

        boolean knowsBytes() {
            return bytes != ALL_ONES;
        }
    }

    /**
     * What a process did on a device.
     *
     * @param micros when, in the driver's own count
     * @param sm percent of the SMs
     */
    record Use(long pid, long micros, long sm) {}

    /** Entries of pid and memory alone. */
    static Shape<List<Listed>> listedOld() {
        return listed(16, (block, at) -> new Listed(block.unsigned(at), block.wide(at + 8), 0xFFFF_FFFFL));
    }

    /** Entries with the MIG instance. */
    static Shape<List<Listed>> listed() {
        return listed(ENTRY, ProcessShapes::entry);
    }

    /** The same; drivers from 535.43 to before 535.86 write a field more into each entry. */
    static Shape<List<Listed>> listedMaybeWide() {
        return (caller, symbol, handle) -> grow(caller, FIRST_ENTRIES, (capacity, length) -> {
            Block list = caller.list(capacity * WIDEST_ENTRY + 64);
            list.bytes().put(0, widePattern(capacity));
            int code = caller.call(symbol, handle, length, list);
            if (code != ReturnCode.SUCCESS.number()) {
                return Outcome.failed(code);
            }
            int count = (int) Math.min(capacity, length.unsigned(0));
            return new Outcome<>(code, Optional.of(entries(list, count, isWide(list, count) ? WIDE_ENTRY : ENTRY)));
        });
    }

    /**
     * What each process used since a moment, by the driver's buffer of samples.
     *
     * @param since the newest time already seen; 0 for all there is
     */
    static Shape<List<Use>> use(long since) {
        return (caller, symbol, handle) -> grow(caller, FIRST_ENTRIES, (capacity, length) -> {
            Block list = caller.list(capacity * WIDEST_ENTRY + 64);
            int code = caller.call(symbol, handle, list, length, since);
            return uses(
                    code,
                    length.unsigned(0),
                    capacity,
                    32,
                    at -> new Use(list.unsigned(at), list.wide(at + 8), list.unsigned(at + 16)));
        });
    }

    /** The same, by the structure that newer drivers take. */
    static Shape<List<Use>> useInfo(long since) {
        return (caller, symbol, handle) -> grow(caller, FIRST_ENTRIES, (capacity, length) -> {
            Block list = caller.list(capacity * WIDEST_ENTRY + 64);
            Block info = caller.block(1).clear(24);
            info.bytes()
                    .putInt(0, 24 | 1 << 24)
                    .putInt(4, capacity)
                    .putLong(8, since)
                    .putLong(16, list.address());
            int code = caller.call(symbol, handle, info);
            length.bytes().putInt(0, info.signed(4));
            return uses(
                    code,
                    length.unsigned(0),
                    capacity,
                    40,
                    at -> new Use(list.unsigned(at + 8), list.wide(at), list.unsigned(at + 12)));
        });
    }

    private static Outcome<List<Use>> uses(int code, long count, int capacity, int entry, IntFunction<Use> reader) {
        if (code != ReturnCode.SUCCESS.number()) {
            return Outcome.failed(code);
        }
        List<Use> uses = new ArrayList<>();
        for (int at = 0; at < Math.min(count, capacity); at++) {
            uses.add(reader.apply(at * entry));
        }
        return new Outcome<>(code, Optional.of(uses));
    }

    private static Shape<List<Listed>> listed(int entry, BiFunction<Block, Integer, Listed> reader) {
        return (caller, symbol, handle) -> grow(caller, FIRST_ENTRIES, (capacity, length) -> {
            Block list = caller.list(capacity * WIDEST_ENTRY + 64);
            int code = caller.call(symbol, handle, length, list);
            if (code != ReturnCode.SUCCESS.number()) {
                return Outcome.failed(code);
            }
            List<Listed> found = new ArrayList<>();
            for (int at = 0; at < Math.min(capacity, length.unsigned(0)); at++) {
                found.add(reader.apply(list, at * entry));
            }
            return new Outcome<>(code, Optional.of(found));
        });
    }

    /** Asks with more and more room; the last refusal stands. */
    private static <T> Outcome<T> grow(Caller caller, int first, BiFunction<Integer, Block, Outcome<T>> call) {
        int capacity = first;
        Outcome<T> outcome = Outcome.failed(ReturnCode.INSUFFICIENT_SIZE.number());
        for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
            Block length = caller.block(0).clear(8);
            length.bytes().putInt(0, capacity);
            outcome = call.apply(capacity, length);
            if (outcome.code() != ReturnCode.INSUFFICIENT_SIZE.number()) {
                return outcome;
            }
            long wanted = Math.max(2L * capacity, length.unsigned(0) + length.unsigned(0) / 4 + 8);
            capacity = (int) Math.min(MOST_ENTRIES, wanted);
        }
        return outcome;
    }

    private static Listed entry(Block block, int at) {
        return new Listed(block.unsigned(at), block.wide(at + 8), block.unsigned(at + 16));
    }

    private static List<Listed> entries(Block list, int count, int entry) {
        List<Listed> found = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            found.add(entry(list, at * entry));
        }
        return found;
    }

    private static byte[] widePattern(int capacity) {
        byte[] pattern = new byte[capacity * WIDE_ENTRY];
        Arrays.fill(pattern, PATTERN);
        return pattern;
    }

    /** Whether the driver wrote where only wide entries reach. */
    private static boolean isWide(Block list, int count) {
        for (int at = count * ENTRY + 8; at < count * WIDE_ENTRY; at++) {
            if (list.bytes().get(at) != PATTERN) {
                return true;
            }
        }
        return false;
    }
}
