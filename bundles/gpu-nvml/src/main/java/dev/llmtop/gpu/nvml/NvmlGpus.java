// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.agent.GpuDiagnostics;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.spi.GpuSource;
import dev.llmtop.spi.Stamp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** NVIDIA's GPUs. Opens nothing where GPUs are switched off, and loads no native code where the machine has no such driver. */
@Component(name = "dev.llmtop.gpu.nvml")
public final class NvmlGpus implements GpuSource, GpuDiagnostics {
    /** A source returns within 200 ms. */
    private static final Duration PATIENCE = Duration.ofMillis(180);

    private final SampleThread thread;
    private final boolean gpu;

    /** Where the driver is. */
    public @interface Config {
        /** The library's file; empty to look where drivers install it. */
        String library() default "";

        /** Whether GPUs are looked at. */
        boolean gpu() default true;

        /** Where {@code /sys}, {@code /proc} and the places of libraries begin; for tests and recorded machines. */
        String root() default "/";

        /** Seconds between two attempts to find a driver. */
        int retry_seconds() default 30;
    }

    /** Begins to open the driver on a thread of its own, unless GPUs are switched off. */
    @Activate
    public NvmlGpus(Config config) {
        this(config, PATIENCE);
    }

    /** @param patience how long a sample is waited for */
    NvmlGpus(Config config, Duration patience) {
        SystemFiles files = new SystemFiles(Path.of(config.root()));
        Driver driver = new Driver(
                new LibraryPlaces(
                        files,
                        Optional.ofNullable(System.getenv("LD_LIBRARY_PATH")).orElse("")),
                config.library(),
                JnaLibrary::load,
                Duration.ofSeconds(config.retry_seconds()));
        Sampler sampler = new Sampler(driver, new DisplayCards(files), files);
        thread = new SampleThread(sampler, driver::pending, patience);
        gpu = config.gpu();
        if (gpu) {
            thread.start();
        }
    }

    @Override
    public GpuSample sample() {
        return gpu
                ? thread.sample()
                : new GpuSample(List.of(), List.of(new Problem(Sampler.SOURCE, "GPUs are switched off")), Stamp.now());
    }

    @Override
    public List<Call> calls() {
        return thread.calls().calls();
    }

    /** Shuts NVML down, within a limit. */
    @Deactivate
    public void stop() {
        thread.close();
    }
}
