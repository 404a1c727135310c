// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Gpu.Tenant;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * Where the memory of a machine went whose GPU and CPU share it. The parts are disjoint, none is negative, and together they are the
 * total.
 *
 * <p>The rule against counting a page twice: an engine's part is the <em>larger</em> of the GPU memory and the resident memory of its
 * processes, never their sum. On a GB10 what {@code cudaMalloc} hands out is in no process's resident memory though it is gone from
 * MemAvailable (measured in ray-project/ray#66335), but managed and registered memory may be in both, mapped model files are
 * resident and yet available, and pages that processes share are resident in each: nothing tells which. So a part is what is certain,
 * and the smaller figure stands under {@link Kind#SYSTEM}. Parts never exceed what the machine has in use: where the figures say
 * more, resident ones are cut first, and {@link #partial} says so.
 *
 * <p>An AMD APU's carved-out memory is no part of the system's RAM; it is added to total and used. Its GTT is ordinary RAM and is not.
 *
 * @param totalBytes of the pool: the system's RAM, and an APU's carved-out memory
 * @param parts engines by id, other GPU processes by pid, then {@link Kind#SYSTEM} and {@link Kind#FREE}, which are always there
 * @param partial one line for a person that says why a part may be too small; empty where all is known
 */
public record MemoryMap(long totalBytes, List<Part> parts, Optional<String> partial) {
    public MemoryMap {
        parts = List.copyOf(parts);
    }

    /** What a part is. */
    public enum Kind {
        /** An engine. */
        ENGINE,
        /** A process that holds GPU memory and belongs to no engine. */
        PROCESS,
        /** All else that is in use. */
        SYSTEM,
        /** What a new program could have without swapping. */
        FREE
    }

    /**
     * One part.
     *
     * @param id of an engine its id, of a process {@code pid 77}; else the kind in lower case
     * @param title for a person
     * @param bytes not negative
     */
    public record Part(Kind kind, String id, String title, long bytes) {}

    /**
     * The map of a snapshot; empty where no GPU shares the machine's memory, where one does but no engine uses it while another card
     * has memory of its own, and where total or available memory is not known. A sleeping or lost GPU still shares it.
     */
    public static Optional<MemoryMap> of(Snapshot snapshot) {
        List<Gpu> unified = snapshot.machine().gpus().stream()
                .filter(gpu -> gpu.memory().unified())
                .toList();
        Figures<HostMetric> host = snapshot.machine().host().figures();
        Optional<Double> total = host.number(HostMetric.MEMORY_TOTAL_BYTES);
        Optional<Double> available = host.number(HostMetric.MEMORY_AVAILABLE_BYTES);
        if (unified.isEmpty() || total.isEmpty() || available.isEmpty() || isBesideTheFact(snapshot)) {
            return Optional.empty();
        }
        MemoryShares shares = new MemoryShares();
        for (Gpu gpu : unified) {
            carvedOut(gpu).ifPresent(shares::pool);
            gpu.tenants().processes().forEach(tenant -> lay(tenant, shares));
        }
        shares.engines(snapshot.engines());
        return Optional.of(shares.map(Math.round(total.get()), Math.round(available.get())));
    }

    /** A processor's own GPU beside a card that has memory of its own, and that no engine uses: the machine's RAM is no GPU's then. */
    private static boolean isBesideTheFact(Snapshot snapshot) {
        List<Gpu> gpus = snapshot.machine().gpus();
        return gpus.stream().anyMatch(gpu -> !gpu.memory().unified())
                && gpus.stream()
                        .filter(gpu -> gpu.memory().unified())
                        .flatMap(gpu -> gpu.tenants().processes().stream())
                        .noneMatch(tenant -> tenant.engine().isPresent());
    }

    /** What all parts of a kind hold. */
    public long bytes(Kind kind) {
        return parts.stream()
                .filter(part -> part.kind() == kind)
                .mapToLong(Part::bytes)
                .sum();
    }

    /** Total less what is free. */
    public long usedBytes() {
        return totalBytes - bytes(Kind.FREE);
    }

    private static void lay(Tenant tenant, MemoryShares shares) {
        tenant.engine()
                .ifPresentOrElse(
                        engine -> shares.ofEngine(engine, tenant.memoryBytes()), () -> shares.ofStranger(tenant));
    }

    /** Memory that the firmware took from the RAM for the GPU alone: only a card that tells a second pool (GTT) has it. */
    private static Optional<MemoryShares.Pool> carvedOut(Gpu gpu) {
        Figures<GpuMetric> figures = gpu.figures();
        boolean twoPools = gpu.memory().totalSource().equals("device")
                && figures.get(GpuMetric.GTT_TOTAL_BYTES).isPresent();
        return figures.number(GpuMetric.MEMORY_TOTAL_BYTES)
                .filter(bytes -> twoPools)
                .map(bytes -> new MemoryShares.Pool(
                        Math.round(bytes),
                        figures.number(GpuMetric.MEMORY_USED_BYTES).map(Math::round)));
    }
}
