// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.Result.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the calls of one library, one at a time, and lets other threads see which one is under way. */
final class Caller {
    /** Every plain result, structure and text fits, with room behind it. */
    private static final int PLAIN_BYTES = 4096;

    private final NvmlLibrary library;
    private final List<Block> blocks;
    private Block list;
    private volatile @Nullable Pending pending;

    Caller(NvmlLibrary library) {
        this.library = library;
        blocks = List.of(
                library.allocate(PLAIN_BYTES),
                library.allocate(PLAIN_BYTES),
                library.allocate(PLAIN_BYTES),
                library.allocate(PLAIN_BYTES));
        list = library.allocate(PLAIN_BYTES);
    }

    /**
     * A call under way.
     *
     * @param since by {@link System#nanoTime}
     */
    record Pending(String symbol, long since) {}

    /** What is under way; empty between calls. For any thread. */
    Optional<Pending> pending() {
        return Optional.ofNullable(pending);
    }

    boolean has(String symbol) {
        return library.has(symbol);
    }

    int call(String symbol, Object... arguments) {
        pending = new Pending(symbol, System.nanoTime());
        try {
            return library.call(symbol, arguments);
        } finally {
            pending = null;
        }
    }

    /** One of four blocks that every call uses anew. */
    Block block(int number) {
        return blocks.get(number);
    }

    /** The block for lists, grown to at least {@code bytes}. */
    Block list(int bytes) {
        if (list.bytes().capacity() < bytes) {
            list = library.allocate(Math.max(bytes, 2 * list.bytes().capacity()));
        }
        return list;
    }

    /** Asks for one thing in each of its forms until one answers. */
    <T> Result<T> ask(Getter<T> getter, Handle handle) {
        List<Attempt> attempts = new ArrayList<>(getter.forms().size());
        for (Getter.Form<T> form : getter.forms()) {
            if (!library.has(form.symbol())) {
                attempts.add(new Attempt(form.label(), Result.NO_SYMBOL));
                continue;
            }
            Shape.Outcome<T> outcome = form.shape().run(this, form.symbol(), handle);
            attempts.add(new Attempt(form.label(), outcome.code()));
            if (outcome.value().isPresent() || isFinal(outcome.code())) {
                return new Result<>(attempts, outcome.value());
            }
        }
        return new Result<>(attempts, Optional.empty());
    }

    /** No older form of a call knows better than this. */
    private static boolean isFinal(int code) {
        return code == ReturnCode.GPU_IS_LOST.number()
                || code == ReturnCode.NO_PERMISSION.number()
                || code == ReturnCode.NOT_FOUND.number();
    }
}
