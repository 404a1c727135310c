// SPDX-License-Identifier: MIT
package dev.llmtop.itest.outsider.extras;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.spi.GpuSource;
import dev.llmtop.spi.Stamp;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** A stranger's source of GPUs: one card, half busy. */
@Component(name = "org.example.gpu", service = GpuSource.class)
public final class OutsiderGpu implements GpuSource {
    @Override
    public GpuSample sample() {
        Gpu card = new Gpu(
                new Gpu.Identity(0, "EX-1", "example", "Example One", "1.0", ""),
                Gpu.State.ACTIVE,
                new Gpu.Memory(false, "device"),
                Figures.of(GpuMetric.class)
                        .put(GpuMetric.TEMPERATURE_CELSIUS, 51.0)
                        .build(),
                List.of(),
                new Gpu.Tenants(List.of(), List.of()));
        return new GpuSample(List.of(card), List.of(), Stamp.now());
    }
}
