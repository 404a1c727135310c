// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import dev.llmtop.model.Snapshot;
import dev.llmtop.spi.SnapshotListener;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code --once}, {@code --json} and {@code --watch}: there only where the launcher configures it. Standard output is the bare file
 * descriptor, since a {@link java.io.PrintStream} hides a closed pipe.
 */
@Component(
        name = "dev.llmtop.report",
        service = SnapshotListener.class,
        immediate = true,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Report implements SnapshotListener {
    private static final long LONGEST_SILENCE_MILLIS = 30_000;

    private final Delivery delivery;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** What to print. */
    public @interface Config {
        /** {@code once}, {@code json} or {@code watch}. */
        String mode() default "once";

        /**
         * Complete snapshots that a one-shot run waits for; two make rates. 0 takes the first that comes, however long it takes: a
         * recorded one.
         */
        int samples() default 2;

        /** Width of {@code once} in cells; 0 where it is not known. */
        int columns() default 0;

        /** Whether standard output is a terminal. */
        boolean terminal() default false;

        /** Milliseconds between ticks: how long to wait for a snapshot depends on it. */
        int interval_ms() default 1_000;
    }

    /** Prints to standard output. */
    @Activate
    public Report(Config config, @Reference(name = "exit", target = "(llmtop.service=exit)") IntConsumer exit) {
        this(config, exit, new FileOutputStream(FileDescriptor.out), System.err::println);
    }

    Report(Config config, IntConsumer exit, OutputStream out, Consumer<String> complaint) {
        Optional<Mode> mode = Mode.of(config.mode());
        Delivery.Plan plan = new Delivery.Plan(
                mode.orElse(Mode.ONCE), config.samples(), Page.of(config.columns(), config.terminal()));
        delivery = new Delivery(plan, new Formats(), out, complaint, exit);
        if (mode.isEmpty()) {
            delivery.fail("mode is once, json or watch, not '" + config.mode() + "'");
        }
        if (config.samples() > 0) {
            long patience = LONGEST_SILENCE_MILLIS + (long) config.interval_ms() * config.samples();
            Thread watchdog = new Thread(() -> complainAfter(patience), "llmtop-report-watchdog");
            watchdog.setDaemon(true);
            watchdog.start();
        }
    }

    @Override
    public void snapshot(Snapshot snapshot) {
        delivery.accept(snapshot);
    }

    @Deactivate
    void stop() {
        stopped.countDown();
    }

    private void complainAfter(long millis) {
        try {
            if (!stopped.await(millis, TimeUnit.MILLISECONDS) && !delivery.begun()) {
                delivery.fail("no snapshot came within " + millis / 1_000 + " s");
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
