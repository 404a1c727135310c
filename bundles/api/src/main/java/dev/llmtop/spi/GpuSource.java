// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import dev.llmtop.model.Gpu;
import dev.llmtop.model.Snapshot.Problem;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Samples the GPUs of one vendor. */
@ConsumerType
@FunctionalInterface
public interface GpuSource {
    /** The GPUs now; never blocks for longer than 200 ms: an older sample serves, with a problem that says so. */
    GpuSample sample();

    /**
     * A sample.
     *
     * @param gpus every GPU; tenants without engines, which the monitor finds. Pids of NVIDIA's are the machine's, as NVML has them;
     *     those of any other vendor are as this process's own /proc has them
     * @param problems why there are none or fewer
     * @param stamp when
     */
    record GpuSample(List<Gpu> gpus, List<Problem> problems, Stamp stamp) {
        public GpuSample {
            gpus = List.copyOf(gpus);
            problems = List.copyOf(problems);
        }
    }
}
