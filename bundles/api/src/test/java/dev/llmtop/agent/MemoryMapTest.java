// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import static dev.llmtop.agent.MemoryMap.Kind.ENGINE;
import static dev.llmtop.agent.MemoryMap.Kind.FREE;
import static dev.llmtop.agent.MemoryMap.Kind.PROCESS;
import static dev.llmtop.agent.MemoryMap.Kind.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.MemoryMap.Part;
import dev.llmtop.model.Attribution;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Gpu.Tenant;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Host;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.ProcessInfo;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MemoryMapTest {
    private static final long GIB = 1L << 30;
    private static final Value<Long> UNKNOWN = Value.unavailable(Reason.NO_PERMISSION, "not for this user");

    @Test
    void aMachineWhoseGpuHasItsOwnMemoryHasNoMap() {
        assertThat(MemoryMap.of(snapshot(host(120, 40), List.of(gpu(false, tenant(9, 10, "e"))), engine("e", 1, 9))))
                .isEmpty();
        assertThat(MemoryMap.of(snapshot(host(120, 40), List.of()))).isEmpty();
    }

    @Test
    void aProcessorsOwnGpuThatNoEngineUsesMakesNoMapBesideACard() {
        Gpu card = gpu(false, tenant(9, 10, "e"));
        assertThat(MemoryMap.of(snapshot(host(120, 40), List.of(card, gpu(true, tenant(7, 1, ""))), engine("e", 1, 9))))
                .isEmpty();
        assertThat(MemoryMap.of(snapshot(
                        host(120, 40), List.of(card, gpu(true, tenant(9, 1, "e"))), engine("e", 1, 9))))
                .isPresent();
    }

    @Test
    void withoutTheHostsFiguresThereIsNone() {
        assertThat(MemoryMap.of(snapshot(Figures.none(), List.of(gpu(true))))).isEmpty();
        Figures<HostMetric> half = Figures.of(HostMetric.class)
                .put(HostMetric.MEMORY_TOTAL_BYTES, 120 * GIB)
                .build();
        assertThat(MemoryMap.of(snapshot(half, List.of(gpu(true))))).isEmpty();
    }

    @Test
    void thePartsAreEnginesOtherProcessesTheSystemAndWhatIsFree() {
        MemoryMap map = map(
                host(120, 2),
                gpu(true, tenant(900, 102, "vllm"), tenant(77, 3, ""), tenant(78, 1, "")),
                engine("vllm", 5, 812, 900),
                engine("ollama", 4, 500));
        assertThat(map.parts())
                .containsExactly(
                        new Part(ENGINE, "vllm", "title of vllm", 102 * GIB),
                        new Part(ENGINE, "ollama", "title of ollama", 4 * GIB),
                        new Part(PROCESS, "pid 77", "blender", 3 * GIB),
                        new Part(PROCESS, "pid 78", "blender", GIB),
                        new Part(SYSTEM, "system", "system and others", 8 * GIB),
                        new Part(FREE, "free", "free", 2 * GIB));
        assertThat(map.usedBytes()).isEqualTo(118 * GIB);
        assertThat(map.partial()).isEmpty();
    }

    @Test
    void residentAndGpuMemoryOfOneEngineAreNeverAdded() {
        assertThat(map(host(120, 2), gpu(true, tenant(9, 60, "e")), engine("e", 50, 9))
                        .bytes(ENGINE))
                .isEqualTo(60 * GIB);
        assertThat(map(host(120, 2), gpu(true, tenant(9, 40, "e")), engine("e", 50, 9))
                        .bytes(ENGINE))
                .isEqualTo(50 * GIB);
    }

    @Test
    void processesOfAnEngineBelowAnotherAreCountedOnce() {
        MemoryMap map =
                map(host(120, 2), gpu(true), engine("swap", 31, 1, 2, 3, 4), engine("a", 20, 2, 3), engine("b", 10, 4));
        assertThat(map.parts().stream().filter(part -> part.kind() == ENGINE).map(Part::bytes))
                .containsExactly(GIB, 20 * GIB, 10 * GIB);
    }

    @Test
    void moreThanIsInUseIsCutFromResidentPartsFirst() {
        MemoryMap map =
                map(host(120, 20), gpu(true, tenant(9, 90, "gpu")), engine("gpu", 1, 9), engine("mapped", 40, 5));
        assertThat(map.parts().get(0).bytes()).isEqualTo(90 * GIB);
        assertThat(map.parts().get(1).bytes()).isEqualTo(10 * GIB);
        assertThat(map.bytes(SYSTEM)).isZero();
        assertThat(map.partial()).hasValue("the parts say 130 GiB, but 100 GiB are in use");
    }

    @Test
    void gpuPartsThatCannotAllBeThereAreCutInProportion() {
        MemoryMap map = map(
                host(120, 60), gpu(true, tenant(9, 80, "a"), tenant(8, 40, "b")), engine("a", 0, 9), engine("b", 0, 8));
        assertThat(map.bytes(ENGINE)).isBetween(60 * GIB - 2, 60 * GIB);
        assertThat(map.parts().get(0).bytes()).isBetween(40 * GIB - 1, 40 * GIB);
    }

    @Test
    void aProcessThatDoesNotTellItsMemoryMakesTheMapPartial() {
        MemoryMap map = map(
                host(120, 2), gpu(true, new Tenant(77, UNKNOWN, Value.of(0.0), Optional.empty(), Attribution.NONE)));
        assertThat(map.parts().get(0)).isEqualTo(new Part(PROCESS, "pid 77", "pid 77", 0));
        assertThat(map.partial()).hasValue("GPU memory of pid 77: not for this user");
    }

    @Test
    void memoryThatTheFirmwareTookFromTheRamIsAddedAndGttIsNot() {
        Figures<GpuMetric> pools = Figures.of(GpuMetric.class)
                .put(GpuMetric.MEMORY_TOTAL_BYTES, 8 * GIB)
                .put(GpuMetric.MEMORY_USED_BYTES, 7 * GIB)
                .put(GpuMetric.GTT_TOTAL_BYTES, 60 * GIB)
                .build();
        MemoryMap map =
                map(host(120, 50), gpu(new Gpu.Memory(true, "device"), pools, tenant(9, 67, "e")), engine("e", 1, 9));
        assertThat(map.totalBytes()).isEqualTo(128 * GIB);
        assertThat(map.usedBytes()).isEqualTo(77 * GIB);
        assertThat(map.bytes(FREE)).isEqualTo(50 * GIB + GIB);
        assertThat(map.bytes(SYSTEM)).isEqualTo(10 * GIB);
    }

    /** Whatever the figures say: the parts are the total, none is negative, and those in use do not exceed it. */
    @Test
    void partsAlwaysAddUpToTheTotal() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            long total = 1 + Math.abs(random.nextLong() % (200 * GIB));
            Figures<HostMetric> host = Figures.of(HostMetric.class)
                    .put(HostMetric.MEMORY_TOTAL_BYTES, total)
                    .put(HostMetric.MEMORY_AVAILABLE_BYTES, Math.abs(random.nextLong() % (total + GIB)))
                    .build();
            Tenant[] tenants = LongStream.range(0, random.nextInt(5))
                    .mapToObj(pid -> raw(pid, random.nextLong() % (300 * GIB), pid % 2 == 0 ? "e" + pid : ""))
                    .toArray(Tenant[]::new);
            EngineSnapshot[] engines = LongStream.range(0, random.nextInt(4))
                    .mapToObj(pid -> engine("e" + pid, random.nextInt(90), pid))
                    .toArray(EngineSnapshot[]::new);
            MemoryMap map = map(host, gpu(true, tenants), engines);
            assertThat(map.parts()).allMatch(part -> part.bytes() >= 0);
            assertThat(map.parts().stream().mapToLong(Part::bytes).sum()).isEqualTo(map.totalBytes());
        }
    }

    private static MemoryMap map(Figures<HostMetric> host, Gpu gpu, EngineSnapshot... engines) {
        return MemoryMap.of(snapshot(host, List.of(gpu), engines)).orElseThrow();
    }

    private static Figures<HostMetric> host(long total, long available) {
        return Figures.of(HostMetric.class)
                .put(HostMetric.MEMORY_TOTAL_BYTES, total * GIB)
                .put(HostMetric.MEMORY_AVAILABLE_BYTES, available * GIB)
                .build();
    }

    private static Tenant tenant(long pid, long gibibytes, String engine) {
        return raw(pid, gibibytes * GIB, engine);
    }

    private static Tenant raw(long pid, long bytes, String engine) {
        Optional<String> owner = Optional.of(engine).filter(id -> !id.isEmpty());
        return new Tenant(
                pid,
                Value.of(bytes),
                Value.of(0.0),
                owner,
                owner.isPresent() ? Attribution.PID : Attribution.NONE,
                Optional.of("blender"));
    }

    private static Gpu gpu(boolean unified, Tenant... tenants) {
        return gpu(new Gpu.Memory(unified, unified ? "system" : "device"), Figures.none(), tenants);
    }

    private static Gpu gpu(Gpu.Memory memory, Figures<GpuMetric> figures, Tenant... tenants) {
        return new Gpu(
                new Gpu.Identity(0, "", "nvidia", "test", "", ""),
                Gpu.State.ACTIVE,
                memory,
                figures,
                List.of(),
                new Gpu.Tenants(List.of(tenants), List.of()));
    }

    private static EngineSnapshot engine(String id, long residentGibibytes, long... pids) {
        List<Long> tree = LongStream.of(pids).boxed().toList();
        ProcessInfo process = new ProcessInfo(
                tree.get(0),
                tree,
                new ProcessInfo.Owner("root", "serve", Instant.EPOCH, 1),
                new ProcessInfo.Usage(Value.of(0.0), Value.of(residentGibibytes * GIB)),
                Optional.empty());
        return new EngineSnapshot(
                new EngineSnapshot.Identity(id, "vllm", "title of " + id, Value.of("1"), Role.ENGINE, State.READY),
                new EngineSnapshot.Placement(
                        "http://" + id, OptionalInt.empty(), List.of(), Optional.of(process), Optional.empty()),
                List.of(),
                new EngineSnapshot.Serving(Map.of(), List.of(), List.of()),
                new EngineSnapshot.Measured(Figures.none(), Map.of(), Map.of(), Optional.empty()),
                new EngineSnapshot.Findings(List.of(), Map.of()));
    }

    private static Snapshot snapshot(Figures<HostMetric> host, List<Gpu> gpus, EngineSnapshot... engines) {
        return new Snapshot(
                Instant.EPOCH,
                new Snapshot.AgentInfo("0.1.0", 1, 1, 0, false),
                new Snapshot.Machine(new Host("box", "", "", "", 1, host), gpus),
                List.of(engines),
                new Snapshot.Totals(Figures.none(), List.of()),
                new Snapshot.Findings(
                        new Scan(new Scan.Processes(0, 0), new Scan.Listeners(0, 0, 0), 1, List.of()),
                        List.of(),
                        List.of()));
    }
}
