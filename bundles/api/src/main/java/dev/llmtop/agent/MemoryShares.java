// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.agent.MemoryMap.Kind;
import dev.llmtop.agent.MemoryMap.Part;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Gpu.Tenant;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Collects who holds memory, then makes the parts fit into what is in use. Not safe for several threads. */
final class MemoryShares {
    private final List<Share> shares = new ArrayList<>();
    private final Map<String, Long> gpuByEngine = new HashMap<>();
    private final Map<Long, Share> strangers = new TreeMap<>();
    private final Set<String> gaps = new LinkedHashSet<>();
    private long poolTotal;
    private long poolUsed;

    /**
     * Memory beside the system's RAM.
     *
     * @param usedBytes empty where it is not told
     */
    record Pool(long totalBytes, Optional<Long> usedBytes) {}

    /**
     * A part before it is made to fit.
     *
     * @param resident whether it is of resident memory, which may be shared or given back
     */
    private record Share(Kind kind, String id, String title, long bytes, boolean resident) {
        Part part(long cut) {
            return new Part(kind, id, title, bytes - cut);
        }
    }

    void pool(Pool pool) {
        poolTotal += pool.totalBytes();
        poolUsed += Math.min(pool.totalBytes(), pool.usedBytes().orElse(0L));
        if (pool.usedBytes().isEmpty()) {
            gaps.add("the GPU does not tell how much of its own memory is used");
        }
    }

    void ofEngine(String engine, Value<Long> bytes) {
        gpuByEngine.merge(engine, known(bytes, "engine " + engine), Long::sum);
    }

    /** One process may stand on two GPUs that share one memory. */
    void ofStranger(Tenant tenant) {
        String id = "pid " + tenant.pid();
        long bytes = known(tenant.memoryBytes(), id);
        strangers.merge(
                tenant.pid(),
                new Share(Kind.PROCESS, id, tenant.command().orElse(id), bytes, false),
                (one, other) -> new Share(Kind.PROCESS, id, one.title(), one.bytes() + other.bytes(), false));
    }

    void engines(List<EngineSnapshot> engines) {
        Map<String, Long> residents = ownResidents(engines);
        for (EngineSnapshot engine : engines) {
            String id = engine.identity().id();
            long gpu = gpuByEngine.getOrDefault(id, 0L);
            long resident = residents.getOrDefault(id, 0L);
            if (gpu > 0 || resident > 0) {
                shares.add(
                        new Share(Kind.ENGINE, id, engine.identity().title(), Math.max(gpu, resident), resident > gpu));
            }
        }
    }

    /** Resident memory by engine; processes of an engine that runs below another one are the inner one's alone. */
    private static Map<String, Long> ownResidents(List<EngineSnapshot> engines) {
        List<EngineSnapshot> innerFirst = new ArrayList<>(engines);
        innerFirst.removeIf(engine -> engine.placement().process().isEmpty());
        innerFirst.sort(Comparator.comparingInt(engine -> pids(engine).size()));
        Map<String, Long> own = new HashMap<>();
        for (int at = 0; at < innerFirst.size(); at++) {
            EngineSnapshot outer = innerFirst.get(at);
            long bytes = resident(outer);
            for (EngineSnapshot inner : innerFirst.subList(0, at)) {
                if (pids(outer).containsAll(pids(inner))) {
                    bytes -= own.getOrDefault(inner.identity().id(), 0L);
                }
            }
            own.put(outer.identity().id(), Math.max(0, bytes));
        }
        return own;
    }

    private static Set<Long> pids(EngineSnapshot engine) {
        return engine.placement()
                .process()
                .map(process -> Set.copyOf(process.pids()))
                .orElse(Set.of());
    }

    private static long resident(EngineSnapshot engine) {
        return engine.placement()
                .process()
                .flatMap(process -> process.usage().memoryBytes().known())
                .orElse(0L);
    }

    private long known(Value<Long> bytes, String whose) {
        bytes.missing().ifPresent(why -> gaps.add("GPU memory of " + whose + ": " + why.detail()));
        return Math.max(0, bytes.known().orElse(0L));
    }

    MemoryMap map(long hostTotal, long hostAvailable) {
        shares.addAll(strangers.values());
        long total = hostTotal + poolTotal;
        long used = Math.max(0, hostTotal - hostAvailable) + poolUsed;
        long excess = Math.max(0, sum() - used);
        if (excess > 0) {
            gaps.add("the parts say " + Cells.bytesInText(sum()) + ", but " + Cells.bytesInText(used) + " are in use");
        }
        List<Part> parts = new ArrayList<>(fit(excess));
        long named = parts.stream().mapToLong(Part::bytes).sum();
        parts.add(new Part(Kind.SYSTEM, "system", "system and others", used - named));
        parts.add(new Part(Kind.FREE, "free", "free", total - used));
        return new MemoryMap(total, parts, gaps.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", gaps)));
    }

    private long sum() {
        return shares.stream().mapToLong(Share::bytes).sum();
    }

    /** Takes the excess off: from resident parts first, then from GPU parts, each in proportion. */
    private List<Part> fit(long excess) {
        long resident =
                shares.stream().filter(Share::resident).mapToLong(Share::bytes).sum();
        long fromResident = Math.min(excess, resident);
        long fromGpu = excess - fromResident;
        long gpu = sum() - resident;
        List<Part> parts = new ArrayList<>();
        for (Share share : shares) {
            parts.add(share.part(share.resident() ? cut(share, fromResident, resident) : cut(share, fromGpu, gpu)));
        }
        return parts;
    }

    /** Rounded up, so that the parts together never exceed what is in use. */
    private static long cut(Share share, long off, long of) {
        return off == 0 ? 0 : Math.min(share.bytes(), (long) Math.ceil((double) share.bytes() / of * off));
    }
}
