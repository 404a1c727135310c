// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How a function takes its arguments and where it puts its answer. Layouts: nvml.h, for 64-bit machines. */
@FunctionalInterface
interface Shape<T> {
    /** Calls {@code symbol} for a device and reads what it wrote. */
    Outcome<T> run(Caller caller, String symbol, Handle handle);

    /**
     * How it ended.
     *
     * @param value there if the code is 0
     */
    record Outcome<T>(int code, Optional<T> value) {
        static <T> Outcome<T> failed(int code) {
            return new Outcome<>(code, Optional.empty());
        }
    }

    /** Two numbers that belong together. */
    record Pair(long first, long second) {}

    /** {@code (handle, before..., unsigned int*)}. */
    static Shape<Long> unsigned(Object... before) {
        return structure(4, 0, block -> block.unsigned(0), before);
    }

    /** {@code (handle, unsigned long long*)}. */
    static Shape<Long> wide() {
        return structure(8, 0, block -> block.wide(0));
    }

    /** {@code (handle, unsigned int*, unsigned int*)}. */
    static Shape<Pair> pair() {
        return unsigneds(2).then(numbers -> new Pair(numbers.get(0), numbers.get(1)));
    }

    /** {@code (handle, unsigned int* ...)}, up to four. */
    static Shape<List<Long>> unsigneds(int count) {
        return (caller, symbol, handle) -> {
            Object[] arguments = new Object[count + 1];
            arguments[0] = handle;
            for (int at = 0; at < count; at++) {
                arguments[at + 1] = caller.block(at).clear(4);
            }
            int code = caller.call(symbol, arguments);
            if (code != ReturnCode.SUCCESS.number()) {
                return Outcome.failed(code);
            }
            List<Long> numbers = new ArrayList<>();
            for (int at = 0; at < count; at++) {
                numbers.add(caller.block(at).unsigned(0));
            }
            return new Outcome<>(code, Optional.of(numbers));
        };
    }

    /** {@code (handle, char*, unsigned int)}. */
    static Shape<String> text(int length) {
        return (caller, symbol, handle) -> {
            Block block = caller.block(0).clear(length);
            int code = caller.call(symbol, handle, block, length);
            return code == ReturnCode.SUCCESS.number()
                    ? new Outcome<>(code, Optional.of(block.text(0, length)))
                    : Outcome.failed(code);
        };
    }

    /**
     * {@code (handle, before..., structure*)}.
     *
     * @param version of the structure, which stands in its first word; 0 for one without
     */
    static <T> Shape<T> structure(int size, int version, Function<Block, T> reader, Object... before) {
        return (caller, symbol, handle) -> {
            Block block = caller.block(0).clear(size);
            if (version > 0) {
                block.bytes().putInt(0, size | version << 24);
            }
            Object[] arguments = new Object[before.length + 2];
            arguments[0] = handle;
            System.arraycopy(before, 0, arguments, 1, before.length);
            arguments[before.length + 1] = block;
            int code = caller.call(symbol, arguments);
            return code == ReturnCode.SUCCESS.number()
                    ? new Outcome<>(code, Optional.of(reader.apply(block)))
                    : Outcome.failed(code);
        };
    }

    /** The same, with its value made into another. */
    default <R> Shape<R> then(Function<? super T, ? extends R> function) {
        return (caller, symbol, handle) -> {
            Outcome<T> outcome = run(caller, symbol, handle);
            return new Outcome<>(outcome.code(), outcome.value().map(function));
        };
    }
}
