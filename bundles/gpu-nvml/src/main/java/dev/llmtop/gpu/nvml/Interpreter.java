// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Text;
import dev.llmtop.model.Value;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From what NVML answered to what llmtop says. Pure but for what it remembers: counters, and who a card was. */
final class Interpreter {
    /** Figures that a card of NVIDIA's may have. */
    static final Set<GpuMetric> METRICS = Collections.unmodifiableSet(
            EnumSet.complementOf(EnumSet.of(GpuMetric.GTT_TOTAL_BYTES, GpuMetric.GTT_USED_BYTES)));

    private final LinkFigures links = new LinkFigures(new CounterRates());
    private final Map<Integer, Gpu.Identity> remembered = new HashMap<>();

    /**
     * What holds for all cards.
     *
     * @param driver its version; empty where it is not known
     * @param systemMemory bytes of memory of the machine
     */
    record Facts(String driver, Optional<Long> systemMemory) {}

    /** Says who a card is that NVML does not hand out, where nothing is known of it yet. */
    void introduce(int index, DisplayCard card, String name) {
        remembered.putIfAbsent(index, new Gpu.Identity(index, "", "nvidia", Text.clean(name), "", card.busId()));
    }

    /** A card that NVML was asked about. */
    Gpu gpu(RawDevice raw, Facts facts) {
        Gpu.Identity identity = identity(raw, facts.driver());
        remembered.put(raw.index(), identity);
        MemoryFigures memory = new MemoryFigures(raw, facts.systemMemory());
        Figures.Builder<GpuMetric> figures = Figures.of(GpuMetric.class);
        memory.put(figures);
        new HealthFigures(raw).put(figures);
        new PowerFigures(raw).put(figures);
        new HeatFigures(raw).put(figures);
        links.put(raw, identity.uuid() + raw.index(), figures);
        List<String> throttle =
                raw.get(Getters.THROTTLE).value().map(ThrottleReasons::of).orElse(List.of());
        return new Gpu(
                identity,
                raw.isLost() ? Gpu.State.LOST : Gpu.State.ACTIVE,
                memory.kind(),
                figures.build(),
                throttle,
                new Tenancies(raw, facts.driver()).tenants());
    }

    /**
     * A card in runtime suspend: what it was when it was last asked, and nothing of the moment.
     *
     * @param name where it was not asked yet
     */
    Gpu asleep(int index, DisplayCard card, String name, String driver) {
        Gpu.Identity before = remembered.get(index);
        Gpu.Identity identity = before != null && before.pciBusId().equals(card.busId())
                ? before
                : new Gpu.Identity(index, "", "nvidia", Text.clean(name), driver, card.busId());
        Value<Object> asleep = Value.unavailable(Reason.ASLEEP, "in runtime suspend; asking its driver would wake it");
        Figures.Builder<GpuMetric> figures = Figures.of(GpuMetric.class);
        for (GpuMetric metric : METRICS) {
            figures.put(metric, asleep);
        }
        return new Gpu(
                identity,
                Gpu.State.ASLEEP,
                new Gpu.Memory(false, "device"),
                figures.build(),
                List.of(),
                new Gpu.Tenants(List.of(), List.of()));
    }

    private Gpu.Identity identity(RawDevice raw, String driver) {
        Optional<Gpu.Identity> before = Optional.ofNullable(remembered.get(raw.index()));
        return new Gpu.Identity(
                raw.index(),
                text(raw.get(Getters.UUID))
                        .or(() -> before.map(Gpu.Identity::uuid))
                        .orElse(""),
                "nvidia",
                text(raw.get(Getters.NAME))
                        .or(() -> before.map(Gpu.Identity::name))
                        .orElse("NVIDIA GPU"),
                Text.clean(driver),
                text(busId(raw)).or(() -> before.map(Gpu.Identity::pciBusId)).orElse(""));
    }

    private static Result<String> busId(RawDevice raw) {
        Result<Getters.Pci> pci = raw.get(Getters.PCI);
        return new Result<>(pci.attempts(), pci.value().map(Getters.Pci::busId));
    }

    private static Optional<String> text(Result<String> result) {
        return result.value().map(Text::clean).filter(text -> !text.isBlank());
    }
}
