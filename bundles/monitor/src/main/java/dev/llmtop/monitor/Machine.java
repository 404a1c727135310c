// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.model.Gpu;
import dev.llmtop.model.Host;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.monitor.Sampler.Sampled;
import dev.llmtop.spi.GpuSource.GpuSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** Samples host and GPUs beside the tick. */
final class Machine {
    /** A source promises 200 ms; whoever breaks that shows an older sample. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final Attachments attachments;
    private final Executor workers;
    private final boolean gpu;
    private final PowerDraw draw = new PowerDraw();

    Machine(Attachments attachments, Executor workers, boolean gpu) {
        this.attachments = attachments;
        this.workers = workers;
        this.gpu = gpu;
    }

    /**
     * What the samples say.
     *
     * @param gpus in the order of their indices, none twice
     */
    record Sample(Host host, List<Gpu> gpus, List<Problem> problems) {}

    /** What the GPUs drew, as of the last sample. */
    PowerDraw draw() {
        return draw;
    }

    /** Begins to sample all sources; what is still under way is left to itself. */
    void begin() {
        if (gpu) {
            attachments.gpuSources().forEach(source -> source.begin(workers));
        }
        attachments.hostSource().ifPresent(source -> source.begin(workers));
    }

    Sample await() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Problem> problems = new ArrayList<>();
        List<Gpu> gpus = gpus(deadline, problems);
        return new Sample(host(deadline, problems), gpus, problems);
    }

    private List<Gpu> gpus(long deadline, List<Problem> problems) {
        List<Sampler<GpuSample>> sources = attachments.gpuSources();
        if (!gpu) {
            problems.add(new Problem("gpu", "GPUs are switched off in the configuration"));
            return List.of();
        }
        if (sources.isEmpty()) {
            problems.add(new Problem("gpu", "no GPU source is installed"));
        }
        List<List<Gpu>> samples = new ArrayList<>();
        for (Sampler<GpuSample> source : sources) {
            Sampled<GpuSample> sampled = source.await(deadline);
            if (!sampled.trouble().isEmpty()) {
                problems.add(new Problem("gpu", "a GPU source " + sampled.trouble()));
            }
            sampled.value().ifPresent(sample -> {
                problems.addAll(sample.problems());
                draw.see(sample);
                samples.add(sample.gpus());
            });
        }
        return merge(samples);
    }

    /** One list by index; where two sources use one index, the later source's card gets the next free one. */
    static List<Gpu> merge(List<List<Gpu>> samples) {
        List<Gpu> merged = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        for (List<Gpu> sample : samples) {
            for (Gpu card : sample) {
                int index = card.identity().index();
                while (!taken.add(index)) {
                    index++;
                }
                merged.add(index == card.identity().index() ? card : reindexed(card, index));
            }
        }
        merged.sort(Comparator.comparingInt(card -> card.identity().index()));
        return merged;
    }

    private static Gpu reindexed(Gpu card, int index) {
        Gpu.Identity identity = card.identity();
        return new Gpu(
                new Gpu.Identity(
                        index,
                        identity.uuid(),
                        identity.vendor(),
                        identity.name(),
                        identity.driver(),
                        identity.pciBusId()),
                card.state(),
                card.memory(),
                card.figures(),
                card.throttle(),
                card.tenants());
    }

    private Host host(long deadline, List<Problem> problems) {
        Optional<Sampler<Host>> source = attachments.hostSource();
        if (source.isEmpty()) {
            return Hosts.unknown(Reason.NOT_SUPPORTED, "no host source is installed");
        }
        Sampled<Host> sampled = source.get().await(deadline);
        if (!sampled.trouble().isEmpty()) {
            problems.add(new Problem("host", "the host source " + sampled.trouble()));
        }
        return sampled.value().orElseGet(() -> Hosts.unknown(Reason.NO_SAMPLE_YET, "the first sample is awaited"));
    }
}
