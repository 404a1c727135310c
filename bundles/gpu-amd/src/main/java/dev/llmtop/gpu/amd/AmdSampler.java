// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.amd;

import dev.llmtop.gpu.drm.DrmCard;
import dev.llmtop.gpu.drm.DrmCards;
import dev.llmtop.gpu.drm.DrmClients;
import dev.llmtop.gpu.drm.EngineTime;
import dev.llmtop.gpu.drm.SystemFiles;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.spi.GpuSource.GpuSample;
import dev.llmtop.spi.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Samples all cards. Not safe for several threads. */
final class AmdSampler {
    private static final String SOURCE = "amd";
    private static final Duration BUDGET = Duration.ofMillis(25);
    private static final String ASLEEP = "the card is in runtime suspend, and reading its sensors would wake it";

    private final SystemFiles files;
    private final DrmCards cards;
    private final DrmClients clients;
    private final EngineTime engines = new EngineTime();
    private final ComputeProcesses compute;
    private final Map<String, CardFacts> facts = new HashMap<>();

    AmdSampler(SystemFiles files, LongSupplier nanoClock) {
        this.files = files;
        cards = new DrmCards(files, Set.of("amdgpu"), nanoClock);
        clients = new DrmClients(files, BUDGET, nanoClock);
        compute = new ComputeProcesses(files);
    }

    GpuSample sample() {
        Stamp stamp = Stamp.now();
        List<DrmCard> found = cards.read();
        if (found.isEmpty()) {
            facts.clear();
            return new GpuSample(List.of(), List.of(), stamp);
        }
        List<DrmCard> awake =
                found.stream().filter(card -> !card.isAsleep(files)).toList();
        List<Problem> problems = new ArrayList<>();
        Tenancy tenancy = awake.isEmpty() ? Tenancy.NONE : tenancy(awake, stamp, problems);
        List<Gpu> gpus = new ArrayList<>();
        for (int index = 0; index < found.size(); index++) {
            DrmCard card = found.get(index);
            gpus.add(awake.contains(card) ? awake(index, card, tenancy) : asleep(index, card));
        }
        return new GpuSample(gpus, problems, stamp);
    }

    private Tenancy tenancy(List<DrmCard> awake, Stamp stamp, List<Problem> problems) {
        Set<String> addresses = awake.stream().map(DrmCard::address).collect(Collectors.toSet());
        DrmClients.Seen seen = clients.read(addresses);
        engines.see(seen, stamp.nanos());
        ComputeProcesses.Seen computing = compute.read();
        computing.problem().ifPresent(detail -> problems.add(new Problem(SOURCE, detail)));
        return new Tenancy(seen, engines, computing);
    }

    private Gpu awake(int index, DrmCard card, Tenancy tenancy) {
        CardFacts known = facts.computeIfAbsent(card.address(), unused -> CardFacts.read(card, files));
        CardFigures figures = new CardFigures(card, known, files);
        return new Gpu(
                identity(index, card, known),
                Gpu.State.ACTIVE,
                new Gpu.Memory(known.unified(), "device"),
                figures.figures(),
                figures.throttle(),
                new Gpu.Tenants(tenancy.of(card.address(), known.unified()), List.of()));
    }

    /** What was known of it before it fell asleep stands; nothing is read. */
    private Gpu asleep(int index, DrmCard card) {
        CardFacts known = facts.getOrDefault(card.address(), CardFacts.NOTHING);
        Figures.Builder<GpuMetric> figures = Figures.of(GpuMetric.class);
        CardFigures.ALL.forEach(metric -> figures.putUnavailable(metric, Reason.ASLEEP, ASLEEP));
        return new Gpu(
                identity(index, card, known),
                Gpu.State.ASLEEP,
                new Gpu.Memory(known.unified(), "device"),
                figures.build(),
                List.of(),
                new Gpu.Tenants(List.of(), List.of()));
    }

    private static Gpu.Identity identity(int index, DrmCard card, CardFacts known) {
        String name = known.name().isEmpty() ? "AMD " + card.pciId() : known.name();
        return new Gpu.Identity(index, known.uuid(), "amd", name, known.driver(), card.address());
    }
}
