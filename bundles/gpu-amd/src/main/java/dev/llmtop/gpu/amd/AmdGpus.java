// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.amd;

import dev.llmtop.gpu.drm.SystemFiles;
import dev.llmtop.spi.GpuSource;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** AMD's GPUs, from the files that the amdgpu driver shows to any user. */
@Component(name = "dev.llmtop.gpu.amd")
public final class AmdGpus implements GpuSource {
    private final AmdSampler sampler;

    /** Where the system is. */
    public @interface Config {
        /** Where {@code /sys} and {@code /proc} begin; for tests and recorded machines. */
        String root() default "/";
    }

    /** Reads nothing before the first sample. */
    @Activate
    public AmdGpus(Config config) {
        sampler = new AmdSampler(new SystemFiles(Path.of(config.root())), System::nanoTime);
    }

    @Override
    public synchronized GpuSample sample() {
        return sampler.sample();
    }
}
