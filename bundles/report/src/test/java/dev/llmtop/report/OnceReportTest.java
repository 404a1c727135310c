// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Attribution;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnceReportTest {
    @ParameterizedTest
    @ValueSource(ints = {60, 80, 100, 140, 200})
    void theMockUp(int width) {
        GoldenFile.check("mockup-" + width, lines(Samples.mockup(), width));
    }

    @Test
    void aQueueIsNotJudgedByOneReportAndThatIsSaid() {
        String note = "WAIT is not judged";
        assertThat(String.join("\n", lines(Samples.mockup(), 80))).contains(note);
        Snapshot idle = Samples.snapshot(
                false,
                List.of(),
                List.of(Samples.engine(
                        "X",
                        9000,
                        State.READY,
                        List.of(),
                        Figures.of(Metric.class).put(Metric.WAITING, 0L).build(),
                        Map.of())),
                List.of());
        assertThat(String.join("\n", lines(idle, 80))).doesNotContain(note);
    }

    @Test
    void nothingFound() {
        GoldenFile.check("nothing-found-80", lines(Samples.empty(false), 80));
        Snapshot withGpu = Samples.snapshot(false, List.of(Samples.gb10(), Samples.split()), List.of(), List.of());
        GoldenFile.check("nothing-found-gpu-80", lines(withGpu, 80));
    }

    @Test
    void memoryOfNoEngineAndTheTwoPoolsOfAProcessorsGpuAreTold() {
        Gpu.Tenant blender = new Gpu.Tenant(
                77, Value.of(3L << 30), Value.of(0.0), Optional.empty(), Attribution.NONE, Optional.of("blender"));
        Gpu.Tenant silent = new Gpu.Tenant(
                78,
                Value.unavailable(Reason.NO_PERMISSION, "another user's"),
                Value.of(0.0),
                Optional.empty(),
                Attribution.NONE);
        Figures<GpuMetric> pools = Figures.of(GpuMetric.class)
                .put(GpuMetric.MEMORY_TOTAL_BYTES, 512L << 20)
                .put(GpuMetric.MEMORY_USED_BYTES, 491L << 20)
                .put(GpuMetric.GTT_TOTAL_BYTES, 60L << 30)
                .put(GpuMetric.GTT_USED_BYTES, 12L << 30)
                .build();
        Gpu apu = new Gpu(
                new Gpu.Identity(0, "", "amd", "AMD 1002:150E", "", "0000:c1:00.0"),
                Gpu.State.ACTIVE,
                new Gpu.Memory(true, "device"),
                pools,
                List.of(),
                new Gpu.Tenants(List.of(blender, silent), List.of()));
        assertThat(lines(Samples.snapshot(false, List.of(apu), List.of(), List.of()), 140))
                .contains(
                        "GPU 0  AMD 1002:150E, unified  memory 118G of 120G! (vram 491M, gtt 12G)  >=3.0G of no engine");
    }

    @Test
    void hostileModelIds() {
        List<ModelSnapshot> models = List.of(
                Samples.model(
                        "a\u001b[31mb\u202e\u0000\u6f22\u5b57-\ud83d\ude00-" + "x".repeat(300), ModelState.LOADED),
                Samples.model(
                        "\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57",
                        ModelState.SLEEPING),
                Samples.model("cafe\u0301", ModelState.LOADING),
                Samples.model("installed", ModelState.AVAILABLE));
        Snapshot snapshot = Samples.snapshot(
                false,
                List.of(),
                List.of(Samples.engine(
                        "\u202eOllama",
                        11434,
                        State.READY,
                        models,
                        Samples.busy().build(),
                        Map.of())),
                List.of(new Snapshot.Problem("nvml", "not\nfound\u001b[2J")));
        GoldenFile.check("hostile-80", lines(snapshot, 80));
        List<String> wide = OnceReport.lines(snapshot, new Page(80, false));
        assertThat(wide).allMatch(line -> Page.cells(line) <= 80).anyMatch(line -> line.contains("\u6f22"));
    }

    @Test
    void allReasons() {
        List<EngineSnapshot> engines = new ArrayList<>();
        for (Reason reason : Reason.values()) {
            Figures<Metric> figures = Figures.of(Metric.class)
                    .putUnavailable(Metric.RUNNING, reason, "detail of " + reason.code())
                    .putUnavailable(Metric.TIME_TO_FIRST_TOKEN, reason, "detail of " + reason.code())
                    .build();
            engines.add(
                    Samples.engine(reason.code(), 9000 + reason.ordinal(), State.READY, List.of(), figures, Map.of()));
        }
        GoldenFile.check("reasons-80", lines(Samples.snapshot(false, List.of(), engines, List.of()), 80));
    }

    @Test
    void statesWithoutAnyFigureSpeakForThemselves() {
        List<EngineSnapshot> engines = new ArrayList<>();
        for (State state : State.values()) {
            engines.add(Samples.engine("X", 9000 + state.ordinal(), state, List.of(), Figures.none(), Map.of()));
        }
        GoldenFile.check("states-80", lines(Samples.snapshot(true, List.of(), engines, List.of()), 80));
    }

    @Test
    void pressureIsMarkedAndNoted() {
        Figures<Metric> pressed = Samples.busy()
                .put(Metric.KV_CACHE_USED_RATIO, 0.961)
                .put(Metric.PREEMPTIONS_PER_SECOND, 0.5)
                .put(Metric.TIME_TO_FIRST_TOKEN, Samples.latency(0.5, 3, 12.34, 1))
                .build();
        EngineSnapshot plain = Samples.engine("vLLM", 8000, State.READY, List.of(), pressed, Map.of());
        EngineSnapshot.Measured old = new EngineSnapshot.Measured(
                pressed,
                Map.of(),
                Map.of(),
                Optional.of(new EngineSnapshot.Freshness(Samples.TIME.minusSeconds(12), 12.3)));
        EngineSnapshot engine = new EngineSnapshot(
                plain.identity(), plain.placement(), plain.models(), plain.serving(), old, plain.findings());
        Snapshot snapshot = Samples.snapshot(
                false, List.of(Samples.gb10(), Samples.split(), Samples.lost()), List.of(engine), List.of());
        GoldenFile.check("pressure-120", lines(snapshot, 120));
    }

    @Test
    void aFigureWithoutAColumnAsksForNoNote() {
        Figures<Metric> figures = Samples.busy()
                .putUnavailable(Metric.SPECULATIVE_ACCEPTANCE_RATIO, Reason.DISABLED, "needs --speculative-config")
                .build();
        EngineSnapshot engine = Samples.engine("vLLM", 8000, State.READY, List.of(), figures, Map.of());
        assertThat(lines(Samples.snapshot(false, List.of(), List.of(engine), List.of()), 80))
                .noneMatch(line -> line.contains("--speculative-config"));
    }

    @Test
    void severalModelsStandBelowTheirEngine() {
        ModelSnapshot coder = new ModelSnapshot(
                "qwen2.5-coder-3b",
                ModelState.LOADED,
                true,
                Map.of(ModelSnapshot.Fact.GPU_BYTES, 4_938_000_000L, ModelSnapshot.Fact.CONTEXT_TOKENS, 131_072L),
                Figures.of(Metric.class).put(Metric.RUNNING, 1L).build(),
                Map.of("metrics", new Value.Unavailable<>(Reason.NOT_SAFE, "only in /slots")));
        List<ModelSnapshot> models = List.of(coder, Samples.model("bge-m3", ModelState.SLEEPING));
        EngineSnapshot several = Samples.engine(
                "llama.cpp", 8080, State.READY, models, Samples.busy().build(), Map.of());
        EngineSnapshot installed = Samples.engine(
                "Ollama",
                11434,
                State.READY,
                List.of(Samples.model("gemma3:4b", ModelState.AVAILABLE)),
                Figures.none(),
                Map.of());
        GoldenFile.check(
                "models-100", lines(Samples.snapshot(false, List.of(), List.of(several, installed), List.of()), 100));
    }

    @Test
    void modelsThatArePathsAreNamedByTheirEnds() {
        ModelSnapshot one = Samples.model("/root/.cache/llama/models/qwen3-8b-q4.gguf", ModelState.LOADED);
        ModelSnapshot other = Samples.model("/root/.cache/llama/models/gemma3.gguf", ModelState.LOADED);
        EngineSnapshot single = Samples.engine("one", 8080, State.READY, List.of(one), Figures.none(), Map.of());
        EngineSnapshot both = Samples.engine("two", 8081, State.READY, List.of(one, other), Figures.none(), Map.of());
        assertThat(lines(Samples.snapshot(false, List.of(), List.of(single, both), List.of()), 100))
                .filteredOn(line -> line.contains(".gguf"))
                .hasSize(3)
                .noneMatch(line -> line.contains("/"));
    }

    @Test
    void aMachineWithoutGpuShowsResidentMemory() {
        EngineSnapshot vllm = Samples.vllm();
        EngineSnapshot.Placement place = vllm.placement();
        EngineSnapshot onCpu = new EngineSnapshot(
                vllm.identity(),
                new EngineSnapshot.Placement(
                        place.url(), place.port(), place.alsoAt(), place.process(), Optional.empty()),
                vllm.models(),
                vllm.serving(),
                vllm.measured(),
                vllm.findings());
        assertThat(lines(Samples.snapshot(false, List.of(), List.of(onCpu), List.of()), 80))
                .anyMatch(line -> line.contains(" 4.8G"))
                .anyMatch(line -> line.equals("MEM = resident memory"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 47, 61, 80, 83, 99, 121, 140, 163, 200, 500})
    void noLineIsWiderThanThePageAndNoneIsOtherThanAscii(int width) {
        List<Snapshot> snapshots = List.of(
                Samples.mockup(),
                Samples.empty(true),
                SnapshotJsonTest.hostile(),
                Samples.snapshot(
                        true,
                        List.of(Samples.gb10(), Samples.split(), Samples.lost()),
                        List.of(Samples.vllm(), Samples.closed()),
                        List.of(new Snapshot.Problem("host", "y".repeat(700)))));
        int most = Math.max(width, Page.NARROWEST);
        for (Snapshot snapshot : snapshots) {
            for (String line : lines(snapshot, width)) {
                assertThat(line.length()).as(line).isLessThanOrEqualTo(most);
                assertThat(line.chars()).allMatch(character -> character >= ' ' && character < 0x7f);
            }
            for (String line : OnceReport.lines(snapshot, new Page(width, false))) {
                assertThat(Page.cells(line)).as(line).isLessThanOrEqualTo(most);
            }
        }
    }

    @Test
    void severalGpusAreRanges() {
        assertThat(Ranges.of(List.of())).isEmpty();
        assertThat(Ranges.of(List.of(0))).isEqualTo("0");
        assertThat(Ranges.of(List.of(0, 1))).isEqualTo("0,1");
        assertThat(Ranges.of(List.of(0, 1, 2, 3, 6))).isEqualTo("0-3,6");
    }

    private static List<String> lines(Snapshot snapshot, int width) {
        return OnceReport.lines(snapshot, new Page(width, true));
    }
}
