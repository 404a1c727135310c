// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.intel;

import dev.llmtop.gpu.drm.DrmCard;
import dev.llmtop.gpu.drm.DrmCards;
import dev.llmtop.gpu.drm.DrmClients;
import dev.llmtop.gpu.drm.EngineTime;
import dev.llmtop.gpu.drm.SystemFiles;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Reason;
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
final class IntelSampler {
    private static final Duration BUDGET = Duration.ofMillis(25);
    private static final String ASLEEP = "the card is in runtime suspend, and reading its sensors would wake it";

    /** Where the GPU of an Intel processor always is. */
    private static final String INTEGRATED = "0000:00:02.0";

    private final SystemFiles files;
    private final LongSupplier clock;
    private final DrmCards cards;
    private final DrmClients clients;
    private final EngineTime engines = new EngineTime();
    private final Map<String, EnergyCounter> energy = new HashMap<>();

    IntelSampler(SystemFiles files, LongSupplier nanoClock) {
        this.files = files;
        clock = nanoClock;
        cards = new DrmCards(files, Set.of("i915", "xe"), nanoClock);
        clients = new DrmClients(files, BUDGET, nanoClock);
    }

    GpuSample sample() {
        Stamp stamp = Stamp.now();
        List<DrmCard> found = cards.read();
        if (found.isEmpty()) {
            return new GpuSample(List.of(), List.of(), stamp);
        }
        List<DrmCard> awake =
                found.stream().filter(card -> !card.isAsleep(files)).toList();
        Use use = awake.isEmpty() ? Use.NONE : use(awake);
        List<Gpu> gpus = new ArrayList<>();
        for (int index = 0; index < found.size(); index++) {
            DrmCard card = found.get(index);
            gpus.add(awake.contains(card) ? awake(index, card, use) : asleep(index, card));
        }
        return new GpuSample(gpus, List.of(), stamp);
    }

    private Use use(List<DrmCard> awake) {
        DrmClients.Seen seen = clients.read(awake.stream().map(DrmCard::address).collect(Collectors.toSet()));
        engines.see(seen, clock.getAsLong());
        return new Use(seen, engines);
    }

    private Gpu awake(int index, DrmCard card, Use use) {
        boolean integrated = isIntegrated(card);
        Figures.Builder<GpuMetric> figures = Figures.of(GpuMetric.class);
        figures.put(GpuMetric.UTILIZATION_RATIO, use.busy(card.address()));
        new MemoryFigures(card, files, use).put(figures, integrated);
        CardFigures sensors = new CardFigures(card, files);
        sensors.put(figures);
        energy.computeIfAbsent(card.address(), unused -> new EnergyCounter())
                .put(figures, sensors.energyMicrojoules(), clock.getAsLong());
        return new Gpu(
                identity(index, card),
                Gpu.State.ACTIVE,
                memory(integrated),
                figures.build(),
                sensors.throttle(),
                new Gpu.Tenants(use.tenants(card.address(), integrated), List.of()));
    }

    /** Its energy counter may begin anew when it wakes: the step before is forgotten. */
    private Gpu asleep(int index, DrmCard card) {
        energy.remove(card.address());
        Figures.Builder<GpuMetric> figures = Figures.of(GpuMetric.class);
        for (GpuMetric metric : List.of(
                GpuMetric.UTILIZATION_RATIO,
                GpuMetric.MEMORY_TOTAL_BYTES,
                GpuMetric.MEMORY_USED_BYTES,
                GpuMetric.POWER_WATTS,
                GpuMetric.TEMPERATURE_CELSIUS,
                GpuMetric.SM_CLOCK_MHZ)) {
            figures.putUnavailable(metric, Reason.ASLEEP, ASLEEP);
        }
        return new Gpu(
                identity(index, card),
                Gpu.State.ASLEEP,
                memory(isIntegrated(card)),
                figures.build(),
                List.of(),
                new Gpu.Tenants(List.of(), List.of()));
    }

    private static boolean isIntegrated(DrmCard card) {
        return card.address().equals(INTEGRATED);
    }

    private static Gpu.Memory memory(boolean integrated) {
        return new Gpu.Memory(integrated, integrated ? "system" : "device");
    }

    /** No file has a name, a serial number or a version of the driver, which is the kernel's. */
    private static Gpu.Identity identity(int index, DrmCard card) {
        return new Gpu.Identity(index, "", "intel", "Intel " + card.pciId(), "", card.address());
    }
}
