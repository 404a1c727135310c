// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.model.Host;
import dev.llmtop.spi.GpuSource;
import dev.llmtop.spi.GpuSource.GpuSample;
import dev.llmtop.spi.HostSource;
import dev.llmtop.spi.RateDeriver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What comes and goes while ticks run, by service id: of two derivers or host sources the older one serves. */
final class Attachments {
    private final ConcurrentNavigableMap<Long, Sampler<GpuSample>> gpuSources = new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<Long, Sampler<Host>> hostSources = new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<Long, RateDeriver> derivers = new ConcurrentSkipListMap<>();

    void add(long id, GpuSource source) {
        gpuSources.put(id, new Sampler<>(source::sample));
    }

    void removeGpuSource(long id) {
        gpuSources.remove(id);
    }

    void add(long id, HostSource source) {
        hostSources.put(id, new Sampler<>(source::sample));
    }

    void removeHostSource(long id) {
        hostSources.remove(id);
    }

    void add(long id, RateDeriver deriver) {
        derivers.put(id, deriver);
    }

    void removeRateDeriver(long id) {
        derivers.remove(id);
    }

    List<Sampler<GpuSample>> gpuSources() {
        return List.copyOf(gpuSources.values());
    }

    Optional<Sampler<Host>> hostSource() {
        return hostSources.values().stream().findFirst();
    }

    Optional<RateDeriver> deriver() {
        return derivers.values().stream().findFirst();
    }
}
