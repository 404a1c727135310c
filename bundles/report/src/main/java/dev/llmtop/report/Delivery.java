// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import dev.llmtop.agent.SnapshotFormat;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Prints snapshots and ends the program: after one, or when nobody reads any more. Every snapshot is one write, so that a reader
 * never sees half of one.
 */
final class Delivery {
    private final Plan plan;
    private final SnapshotFormat format;
    private final OutputStream out;
    private final Consumer<String> complaint;
    private final IntConsumer exit;
    private final Countdown countdown;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean begun;

    /**
     * What to print.
     *
     * @param samples complete snapshots that a one-shot run waits for
     * @param page what {@link Mode#ONCE} writes on
     */
    record Plan(Mode mode, int samples, Page page) {}

    /**
     * @param out unbuffered, so that a closed pipe shows at the write
     * @param complaint takes the one line that says why nothing could be printed
     * @param exit ends the program
     */
    Delivery(Plan plan, SnapshotFormat format, OutputStream out, Consumer<String> complaint, IntConsumer exit) {
        this.plan = plan;
        this.format = format;
        this.out = out;
        this.complaint = complaint;
        this.exit = exit;
        this.countdown = new Countdown(plan.samples(), System.nanoTime());
    }

    /** Whether the printing of a snapshot began; a reader may be slow. */
    boolean begun() {
        return begun;
    }

    /** A tick ended. */
    synchronized void accept(Snapshot snapshot) {
        if (over.get() || plan.mode() != Mode.WATCH && !countdown.ready(snapshot, System.nanoTime())) {
            return;
        }
        try {
            byte[] bytes = text(snapshot).getBytes(charset());
            begun = true;
            out.write(bytes);
            out.flush();
            if (plan.mode() != Mode.WATCH) {
                end(0);
            }
        } catch (IOException failed) {
            endWithout(failed);
        } catch (RuntimeException bug) {
            fail("the snapshot could not be written: " + bug);
        }
    }

    /** Nothing comes, or nothing can be made of it: one line, and exit 1. */
    void fail(String why) {
        if (over.compareAndSet(false, true)) {
            complaint.accept("llmtop: " + Text.clean(why));
            exit.accept(1);
        }
    }

    private String text(Snapshot snapshot) {
        return switch (plan.mode()) {
            case ONCE ->
                format.report(snapshot, plan.page().width(), plan.page().ascii());
            case JSON -> format.json(snapshot, true) + "\n";
            case WATCH -> format.json(snapshot, false) + "\n";
        };
    }

    private Charset charset() {
        return plan.mode() == Mode.ONCE && plan.page().ascii() ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8;
    }

    /** A reader that went away has what it wanted; a full disk has not. */
    private void endWithout(IOException failed) {
        String message = String.valueOf(failed.getMessage());
        if (message.toLowerCase(Locale.ROOT).contains("pipe")) {
            end(0);
        } else {
            fail("cannot write the snapshot: " + message);
        }
    }

    private void end(int status) {
        if (over.compareAndSet(false, true)) {
            exit.accept(status);
        }
    }
}
