// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.intel;

import dev.llmtop.gpu.drm.SystemFiles;
import dev.llmtop.spi.GpuSource;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Intel's GPUs, from the files that the i915 and xe drivers show. */
@Component(name = "dev.llmtop.gpu.intel")
public final class IntelGpus implements GpuSource {
    private final IntelSampler sampler;

    /** Where the system is. */
    public @interface Config {
        /** Where {@code /sys} and {@code /proc} begin; for tests and recorded machines. */
        String root() default "/";
    }

    /** Reads nothing before the first sample. */
    @Activate
    public IntelGpus(Config config) {
        sampler = new IntelSampler(new SystemFiles(Path.of(config.root())), System::nanoTime);
    }

    @Override
    public synchronized GpuSample sample() {
        return sampler.sample();
    }
}
