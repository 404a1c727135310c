// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.model.Attribution;
import dev.llmtop.model.EngineSnapshot.GpuShare;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Gpu.Tenant;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GpuAttributionTest {
    private static final ProcessEntry SERVER = Made.process(812, 1, 0, 0, "vllm", "serve");
    private static final ProcessEntry CORE = Made.process(900, 812, 0, 0, "VLLM::EngineCore");
    private static final ProcessEntry WORKER = Made.process(901, 900, 0, 0, "VLLM::Worker_TP0");
    private static final ProcessEntry OTHER = Made.process(77, 1, 0, 0, "blender");
    private static final Found VLLM = Made.vllm(8000, SERVER);

    @Test
    void memoryIsLaidToTheEngineAboveTheProcess() {
        GpuAttribution result = attribute(
                Made.gpu(0, Value.of(40.0), Made.tenant(901, 70), Made.tenant(77, 5)),
                Made.gpu(1, Value.of(40.0), Made.tenant(812, 30)));
        assertThat(result.shares()).containsOnlyKeys("127.0.0.1:8000");
        assertThat(result.shares().get("127.0.0.1:8000"))
                .isEqualTo(new GpuShare(List.of(0, 1), Value.of(100L), Attribution.ANCESTOR));
        List<Tenant> tenants = result.gpus().get(0).tenants().processes();
        assertThat(tenants.get(0).engine()).hasValue("127.0.0.1:8000");
        assertThat(tenants.get(0).attribution()).isEqualTo(Attribution.ANCESTOR);
        assertThat(tenants.get(1).engine()).isEmpty();
        assertThat(tenants.get(1).attribution()).isEqualTo(Attribution.NONE);
    }

    @Test
    void theEvidenceNamesTheProcessThatHoldsMostAndHowItBelongs() {
        GpuAttribution result = attribute(
                Made.gpu(0, Value.of(40.0), Made.tenant(901, 3L << 30)),
                Made.gpu(1, Value.of(40.0), Made.tenant(900, 70L << 30), Made.tenant(77, 1)));
        assertThat(result.evidence())
                .containsExactly(Map.entry(
                        "127.0.0.1:8000",
                        Evidence.supporting(
                                "gpu",
                                "pid 900 holds 70.0 GiB of GPU 1 and descends from pid 812 (and 1 more process)")));
    }

    @Test
    void whatRunsInAProcessStandsThereWithoutItsArguments() {
        ProcessEntry secret = Made.process(78, 1, 0, 0, "/opt/train", "--token", "hf_secret");
        GpuAttribution result = GpuAttribution.of(
                List.of(Made.gpu(0, Value.of(1.0), Made.tenant(78, 5), Made.tenant(4, 5))),
                owners(List.of(VLLM), secret),
                true);
        assertThat(result.gpus().get(0).tenants().processes())
                .extracting(Tenant::command)
                .containsExactly(Optional.of("train"), Optional.empty());
    }

    /** From inside a container the driver's 812 is another process than ours. */
    @Test
    void equalNumbersOfTwoPidNamespacesAreNeverTakenForOneProcess() {
        GpuAttribution result =
                attribute(false, Made.gpu(0, Value.of(40.0), Made.tenant(812, 102L << 30), Made.tenant(900, 5)));
        assertThat(result.shares()).isEmpty();
        assertThat(result.evidence()).isEmpty();
        assertThat(result.gpus().get(0).tenants().processes())
                .allMatch(tenant -> tenant.engine().isEmpty()
                        && tenant.attribution() == Attribution.NONE
                        && tenant.command().isEmpty());
        assertThat(result.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail())
                        .contains("2 processes with 102 GiB", "pids of the host", "--pid=host"));
    }

    @Test
    void sourcesThatLookIntoOurOwnProcessesAreNotForeignInAContainer() {
        Gpu nvidia = Made.gpu(0, Value.of(40.0), Made.tenant(812, 30));
        Gpu.Identity identity = new Gpu.Identity(0, "", "amd", "card", "", "");
        Gpu amd = new Gpu(
                identity, nvidia.state(), nvidia.memory(), nvidia.figures(), nvidia.throttle(), nvidia.tenants());
        GpuAttribution result = attribute(false, amd);
        assertThat(result.shares()).containsOnlyKeys("127.0.0.1:8000");
        assertThat(result.problems()).isEmpty();
    }

    @Test
    void theWindowsOfADesktopAreNoReasonToAskTheirPorts() {
        Gpu card = Made.gpu(0, Value.of(1.0), Made.tenant(5, 300L << 20), Made.tenant(6, 3L << 30));
        Gpu.Identity identity = new Gpu.Identity(0, "", "intel", "card", "", "");
        Gpu desktop = new Gpu(
                identity, card.state(), new Gpu.Memory(true, "system"), card.figures(), List.of(), card.tenants());
        Fake fake = new Fake();
        assertThat(new GpuTenancy(fake.services(), Made.pass(0), List.of(desktop), true).processes())
                .containsExactly(6L);
        assertThat(new GpuTenancy(fake.services(), Made.pass(0), List.of(card), true).processes())
                .containsExactly(5L, 6L);
    }

    @Test
    void theEnginesOwnProcessIsTheStrongestLink() {
        assertThat(attribute(Made.gpu(0, Value.of(1.0), Made.tenant(812, 30)))
                        .shares()
                        .get("127.0.0.1:8000")
                        .attribution())
                .isEqualTo(Attribution.PID);
    }

    @Test
    void aSumWithAnUnknownPartIsUnknown() {
        GpuShare share = attribute(Made.gpu(
                        0,
                        Value.of(1.0),
                        Made.tenant(900, 30),
                        Made.tenant(901, Value.unavailable(Reason.NO_PERMISSION, "other user"))))
                .shares()
                .get("127.0.0.1:8000");
        assertThat(share.memoryBytes().missing().orElseThrow().reason()).isEqualTo(Reason.NO_PERMISSION);
    }

    @Test
    void aLoopOfParentsEnds() {
        ProcessEntry one = Made.process(5, 6, 0, 0, "a");
        ProcessEntry two = Made.process(6, 5, 0, 0, "b");
        assertThat(owners(List.of(VLLM), one, two).of(5)).isEmpty();
    }

    @Test
    void ofNestedEnginesTheNearestOneHasIt() {
        Found inner = Made.vllm(9000, CORE);
        assertThat(owners(List.of(VLLM, inner), SERVER, CORE, WORKER)
                        .of(901)
                        .orElseThrow()
                        .engine())
                .isEqualTo("127.0.0.1:9000");
    }

    @Test
    void tokensPerJouleAreTokensOverWattsWhileItIsAlone() {
        Gpu alone = Made.gpu(0, Value.of(41.5), Made.tenant(900, 70));
        assertThat(perJoule(alone).known().orElseThrow()).isCloseTo(143.2 / 41.5, within(1e-9));
    }

    @Test
    void tokensPerJouleSayWhyTheyAreNotKnown() {
        Value<Double> watts = Value.of(41.5);
        assertThat(detail(perJoule(Made.gpu(0, watts, Made.tenant(900, 70), Made.tenant(77, 5)))))
                .isEqualTo("it shares GPU 0 with others");
        assertThat(detail(perJoule(
                        Made.gpu(0, Value.unavailable(Reason.NOT_SUPPORTED, "no sensor"), Made.tenant(900, 70)))))
                .isEqualTo("GPU 0: no sensor");
        assertThat(detail(perJoule(Made.gpu(0, Value.of(0.0), Made.tenant(900, 70)))))
                .contains("no power");
        assertThat(detail(perJoule(Made.gpu(0, watts)))).contains("seen on a GPU");
        assertThat(detail(new TokensPerJoule(List.of(), new PowerDraw()).of("x", Figures.none(), Optional.empty())))
                .contains("no GPU");
    }

    private static String detail(Value<Double> value) {
        return value.missing().orElseThrow().detail();
    }

    private static Value<Double> perJoule(Gpu gpu) {
        GpuAttribution result = attribute(gpu);
        Figures<Metric> figures = Figures.of(Metric.class)
                .putNumber(Metric.GENERATION_TOKENS_PER_SECOND, 143.2)
                .build();
        return new TokensPerJoule(result.gpus(), new PowerDraw())
                .of(
                        "127.0.0.1:8000",
                        figures,
                        Optional.ofNullable(result.shares().get("127.0.0.1:8000")));
    }

    private static Owners owners(List<Found> found, ProcessEntry... processes) {
        Lineage lineage = new Lineage(Made.pass(0, processes));
        return new Owners(found, lineage, new Containers(lineage, new Fake()::detail));
    }

    private static GpuAttribution attribute(Gpu... gpus) {
        return attribute(true, gpus);
    }

    private static GpuAttribution attribute(boolean hostPids, Gpu... gpus) {
        return GpuAttribution.of(List.of(gpus), owners(List.of(VLLM), SERVER, CORE, WORKER, OTHER), hostPids);
    }
}
