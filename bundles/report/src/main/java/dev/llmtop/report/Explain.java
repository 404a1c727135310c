// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.Discovery;
import dev.llmtop.agent.Explanation;
import dev.llmtop.agent.ProcessTable;
import dev.llmtop.model.Text;
import dev.llmtop.spi.GpuSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** {@code --explain}: one look at the machine, and what would be asked; there only where the launcher configures it. */
@Component(
        name = "dev.llmtop.report.explain",
        service = {},
        immediate = true,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Explain {
    /** Adapters come one after the other while the program starts; this long without a new one, and all are there. */
    private static final long QUIET_MILLIS = 300;

    private static final int MOST_WAITS = 10;

    private final Services services;
    private final Page page;
    private final OutputStream out;
    private final List<GpuSource> gpus = new CopyOnWriteArrayList<>();
    private final boolean gpu;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** What to print on. */
    public @interface Config {
        /** Width in cells; 0 where it is not known. */
        int columns() default 0;

        /** Whether standard output is a terminal. */
        boolean terminal() default false;

        /** Whether GPUs are looked at. */
        boolean gpu() default true;
    }

    /** Who is asked; nobody outside this process. */
    record Services(ProcessTable table, Discovery discovery, Adapters adapters, IntConsumer exit) {}

    /** Prints to standard output. */
    @Activate
    public Explain(
            Config config,
            @Reference(name = "processes") ProcessTable table,
            @Reference(name = "discovery") Discovery discovery,
            @Reference(name = "adapters") Adapters adapters,
            @Reference(name = "exit", target = "(llmtop.service=exit)") IntConsumer exit) {
        this(
                new Services(table, discovery, adapters, exit),
                Page.of(config.columns(), config.terminal()),
                config.gpu(),
                new FileOutputStream(FileDescriptor.out));
        Thread thread = new Thread(this::run, "llmtop-explain");
        thread.setDaemon(true);
        thread.start();
    }

    Explain(Services services, Page page, boolean gpu, OutputStream out) {
        this.services = services;
        this.page = page;
        this.gpu = gpu;
        this.out = out;
    }

    @Reference(name = "gpus", cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindGpu(GpuSource source) {
        gpus.add(source);
    }

    void unbindGpu(GpuSource source) {
        gpus.remove(source);
    }

    @Deactivate
    void stop() {
        stopped.countDown();
    }

    /** Looks, prints, ends the program. */
    void run() {
        int status = 1;
        try {
            if (awaitAdapters()) {
                Explanation explanation = services.discovery()
                        .explain(new Discovery.Scene(services.table().scan(), gpuProcesses(), Duration.ZERO));
                Charset charset = page.ascii() ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8;
                out.write((String.join("\n", ExplainReport.lines(explanation, page)) + "\n").getBytes(charset));
                out.flush();
                status = 0;
            }
        } catch (IOException unwritable) {
            String message = String.valueOf(unwritable.getMessage());
            if (message.contains("pipe")) {
                status = 0;
            } else {
                System.err.println("llmtop: cannot write: " + Text.clean(message));
            }
        } catch (RuntimeException bug) {
            System.err.println("llmtop: cannot explain: " + Text.clean(String.valueOf(bug)));
        }
        services.exit().accept(status);
    }

    /** Whether all adapters are there; not where the program ends meanwhile. */
    private boolean awaitAdapters() {
        long before = -1;
        try {
            for (int wait = 0;
                    wait < MOST_WAITS && before != services.adapters().generation();
                    wait++) {
                before = services.adapters().generation();
                if (stopped.await(QUIET_MILLIS, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Set<Long> gpuProcesses() {
        Set<Long> pids = new HashSet<>();
        if (gpu) {
            gpus.forEach(source -> source.sample().gpus().forEach(card -> {
                card.tenants().processes().forEach(tenant -> pids.add(tenant.pid()));
                card.tenants().mig().forEach(part -> part.processes().forEach(tenant -> pids.add(tenant.pid())));
            }));
        }
        return pids;
    }
}
