// SPDX-License-Identifier: MIT
package dev.llmtop.recorder;

import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.Discovery;
import dev.llmtop.agent.Probes;
import dev.llmtop.agent.ProcessTable;
import dev.llmtop.model.Text;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** {@code llmtop record}: there only where the launcher configures it. */
@Component(
        name = "dev.llmtop.recorder",
        service = {},
        immediate = true,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Recorder {
    /** Adapters come one after the other while the program starts; this long without a new one, and all are there. */
    private static final long QUIET_MILLIS = 300;

    private static final int MOST_WAITS = 10;
    private static final long BETWEEN_READINGS_MILLIS = 1_000;

    private final Recording recording;
    private final Config config;
    private final Adapters adapters;
    private final IntConsumer exit;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** What to record. */
    public @interface Config {
        /** The port of the engine; which address, discovery is told. */
        int port();

        /** The folder to make, absolute. */
        String directory();
    }

    /** Starts at once, and ends the program when done. */
    @Activate
    public Recorder(
            Config config,
            @Reference(name = "processes") ProcessTable table,
            @Reference(name = "discovery") Discovery discovery,
            @Reference(name = "adapters") Adapters adapters,
            @Reference(name = "probes") Probes probes,
            @Reference(name = "exit", target = "(llmtop.service=exit)") IntConsumer exit) {
        this.config = config;
        this.adapters = adapters;
        this.exit = exit;
        recording = new Recording(table, discovery, adapters, probes);
        Thread thread = new Thread(this::run, "llmtop-record");
        thread.setDaemon(true);
        thread.start();
    }

    @Deactivate
    void stop() {
        stopped.countDown();
    }

    private void run() {
        int status = 1;
        try {
            Path folder = Path.of(config.directory());
            CaseWriter.refuseExisting(folder);
            if (awaitAdapters()) {
                List<String> lines =
                        recording.run(config.port(), new CaseWriter(folder, new Anonymizer(hostNames())), this::pause);
                say(lines);
                say(List.of("written to " + folder + "; look through it before you publish it"));
                status = 0;
            }
        } catch (IOException | InvalidPathException impossible) {
            System.err.println("llmtop: " + Text.clean(String.valueOf(impossible.getMessage())));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            System.err.println("llmtop: cannot record: " + Text.clean(String.valueOf(bug)));
        }
        exit.accept(status);
    }

    private void pause() throws InterruptedException {
        if (stopped.await(BETWEEN_READINGS_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the program ends");
        }
    }

    private boolean awaitAdapters() throws InterruptedException {
        long before = -1;
        for (int wait = 0; wait < MOST_WAITS && before != adapters.generation(); wait++) {
            before = adapters.generation();
            if (stopped.await(QUIET_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    private static void say(List<String> lines) throws IOException {
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        for (String line : lines) {
            out.write((Text.clean(line) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }

    /** As the system says, without asking the network. */
    private static List<String> hostNames() {
        List<String> names = new ArrayList<>();
        for (String file : List.of("/proc/sys/kernel/hostname", "/etc/hostname")) {
            try {
                String name = Files.readString(Path.of(file)).strip();
                names.add(name);
                names.add(name.split("\\.", 2)[0]);
            } catch (IOException absent) {
                // The environment may say it.
            }
        }
        String told = System.getenv("HOSTNAME");
        if (told != null) {
            names.add(told);
        }
        return names;
    }
}
