// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.model.Attribution;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.EngineSnapshot.GpuShare;
import dev.llmtop.model.EventKind;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Host;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.ProcessInfo;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Value;
import dev.llmtop.spi.GpuSource;
import dev.llmtop.spi.HostSource;
import dev.llmtop.spi.Stamp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whole machines: from what a driver, a process table and discovery say to what stands in the snapshot. */
@Timeout(60)
class GpuScenarioTest {
    private static final long GIB = 1L << 30;
    private static final String ENGINE = "127.0.0.1:8000";

    private final Fake fake = new Fake();
    private final Attachments attachments = new Attachments();
    private AgentLoop loop;

    @AfterEach
    void stop() {
        if (loop != null) {
            loop.stop();
        }
    }

    /** A GB10 with a vLLM of root's in a container: neither the port's owner nor the card's memory can be read. */
    @Test
    void rootsContainerOnAMachineWithSharedMemory() {
        gb10(Made.tenant(900, 102 * GIB), Made.tenant(77, GIB));
        fake.found = List.of(Made.ownerless("vllm", 8000));
        fake.processes = table(
                Made.process(700, 1, 0, 0, "/usr/bin/containerd-shim-runc-v2", "-namespace", "moby"),
                Made.process(812, 700, 0, 5 * GIB, "python3", "/usr/bin/vllm", "serve", "qwen3", "--api-key", "sk-abc"),
                Made.process(900, 812, 0, GIB, "VLLM::EngineCore"),
                Made.process(77, 1, 0, 0, "blender"));
        Snapshot snapshot = tick();
        EngineSnapshot engine = snapshot.engine(ENGINE).orElseThrow();
        assertThat(engine.placement().gpu())
                .hasValue(new GpuShare(List.of(0), Value.of(102 * GIB), Attribution.COMMAND_LINE));
        ProcessInfo process = engine.placement().process().orElseThrow();
        assertThat(process.pid()).isEqualTo(812);
        assertThat(process.pids()).containsExactly(812L, 900L);
        assertThat(process.owner().user()).isEqualTo("root");
        assertThat(process.owner().command()).isEqualTo("python3 /usr/bin/vllm serve qwen3 --api-key ***");
        assertThat(process.owner().uptimeSeconds()).isGreaterThan(99);
        assertThat(engine.findings().unavailable()).doesNotContainKey("process");
        assertThat(engine.findings().evidence())
                .contains(Evidence.supporting(
                        "gpu",
                        "pid 900 holds 102 GiB of GPU 0 and descends from pid 812; its command line is of vllm on port"
                                + " 8000, whose owner cannot be seen"));
        Gpu card = snapshot.machine().gpus().get(0);
        assertThat(card.tenants().processes())
                .extracting(tenant -> tenant.command().orElse(""), Gpu.Tenant::attribution)
                .containsExactly(
                        tuple("VLLM::EngineCore", Attribution.COMMAND_LINE), tuple("blender", Attribution.NONE));
        assertThat(snapshot.findings().events())
                .anyMatch(event ->
                        event.kind() == EventKind.PRESSURE && event.detail().equals("GPU 0 memory 98%, critical"));
    }

    @Test
    void pressureIsToldOnceWhileItLasts() {
        gb10();
        loop = new AgentLoop(fake.services(), AgentLoopTest.settings(Duration.ofMillis(200)), attachments);
        List<Snapshot> snapshots = new CopyOnWriteArrayList<>();
        loop.addListener(1, snapshots::add);
        loop.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> snapshots.size() >= 4);
        assertThat(snapshots.stream()
                        .flatMap(snapshot -> snapshot.findings().events().stream())
                        .filter(event -> event.kind() == EventKind.PRESSURE))
                .hasSize(1);
    }

    /** The same pids mean other processes here: discovery does not hear of them either. */
    @Test
    void insideAContainerTheDriversPidsAreNobodys() {
        gb10(Made.tenant(812, 102 * GIB));
        fake.hostPids = false;
        ProcessEntry innocent = Made.process(812, 1, 0, 0, "vllm", "serve", "m");
        fake.found = List.of(Made.vllm(8000, innocent));
        fake.processes = table(innocent);
        Snapshot snapshot = tick();
        assertThat(snapshot.engine(ENGINE).orElseThrow().placement().gpu()).isEmpty();
        assertThat(fake.scenes.get(0).gpuProcesses()).isEmpty();
        assertThat(snapshot.findings().problems())
                .anyMatch(problem ->
                        problem.source().equals("gpu") && problem.detail().contains("--pid=host"));
    }

    /** Real processes: a launcher's script with a child that stands for the one on the GPU. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aRealTreeOfProcessesIsLaidToItsEngine(@TempDir Path directory) throws Exception {
        Path script = directory.resolve("vllm");
        Files.writeString(script, "sleep 1000 &\necho $!\nread end\nkill $!\n");
        Process launcher = new ProcessBuilder("/bin/sh", script.toString(), "serve", "m", "--port", "8000").start();
        try {
            long child = Long.parseLong(
                    new BufferedReader(new InputStreamReader(launcher.getInputStream(), StandardCharsets.UTF_8))
                            .readLine());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> real(child).argv().contains("1000"));
            gb10(Made.tenant(child, 102 * GIB));
            fake.found = List.of(Made.ownerless("vllm", 8000));
            fake.processes = table(
                    real(child),
                    real(launcher.pid()),
                    real(ProcessHandle.current().pid()));
            EngineSnapshot engine = tick().engine(ENGINE).orElseThrow();
            assertThat(engine.placement().process().map(ProcessInfo::pid)).hasValue(launcher.pid());
            assertThat(engine.placement().gpu().map(GpuShare::attribution)).hasValue(Attribution.COMMAND_LINE);
        } finally {
            launcher.getOutputStream().close();
            assertThat(launcher.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static ProcessEntry real(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        long parent = Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[1]);
        String[] argv = Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0");
        return Made.process(pid, parent, 0, 0, Arrays.copyOf(argv, argv.length));
    }

    private Snapshot tick() {
        loop = new AgentLoop(fake.services(), AgentLoopTest.settings(Duration.ofSeconds(30)), attachments);
        loop.start();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !loop.latest().agent().scanning());
        return loop.latest();
    }

    private static Map<Long, ProcessEntry> table(ProcessEntry... processes) {
        Map<Long, ProcessEntry> table = new HashMap<>();
        for (ProcessEntry process : processes) {
            table.put(process.pid(), process);
        }
        return table;
    }

    private void gb10(Gpu.Tenant... tenants) {
        Figures<GpuMetric> figures = Figures.of(GpuMetric.class)
                .putUnavailable(GpuMetric.MEMORY_USED_BYTES, Reason.NOT_SUPPORTED, "nvmlDeviceGetMemoryInfo: 3")
                .put(GpuMetric.POWER_WATTS, 11.17)
                .build();
        Gpu card = new Gpu(
                new Gpu.Identity(0, "GPU-1", "nvidia", "NVIDIA GB10", "580.173.02", "0000000F:01:00.0"),
                Gpu.State.ACTIVE,
                new Gpu.Memory(true, "system"),
                figures,
                List.of(),
                new Gpu.Tenants(List.of(tenants), List.of()));
        attachments.add(1, (GpuSource) () -> new GpuSource.GpuSample(List.of(card), List.of(), Stamp.now()));
        Figures<HostMetric> memory = Figures.of(HostMetric.class)
                .put(HostMetric.MEMORY_TOTAL_BYTES, 120 * GIB)
                .put(HostMetric.MEMORY_AVAILABLE_BYTES, 2 * GIB)
                .build();
        attachments.add(2, (HostSource) () -> new Host("spark", "Linux", "aarch64", "", 20, memory));
    }
}
