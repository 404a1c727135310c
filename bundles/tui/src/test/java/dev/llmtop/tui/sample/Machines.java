// SPDX-License-Identifier: MIT
package dev.llmtop.tui.sample;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Host;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.State;
import dev.llmtop.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Machines of other mock-ups. */
public final class Machines {
    private Machines() {}

    private static final double[][] EIGHT = {
        {0.87, 62.1, 61, 412},
        {0.91, 70.4, 64, 430},
        {0.12, 5.2, 41, 98},
        {0, 0, 38, 71},
        {0.99, 78.9, 83, 690},
        {0.98, 76, 80, 688},
        {0.97, 68.2, 79, 685},
        {0.96, 64, 78, 684}
    };

    /** Eight cards under load, two of them nearly full. */
    public static Snapshot eightGpus() {
        return gpus(8);
    }

    /** So many cards. */
    public static Snapshot gpus(int count) {
        List<Gpu> gpus = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            gpus.add(card(index, EIGHT[index % 8]));
        }
        List<EngineSnapshot> engines = new ArrayList<>();
        for (int port = 8000; port < 8006; port++) {
            engines.add(EngineSample.at("vLLM", port)
                    .model(Samples.model("llama-3.3-70b", ModelState.LOADED, true, 70, 131_072L, "fp8"))
                    .gpu(Samples.bytes(70), port - 8000)
                    .put(Metric.RUNNING, 12L)
                    .put(Metric.WAITING, port == 8000 ? 12L : 0L)
                    .put(Metric.KV_CACHE_USED_RATIO, 0.5)
                    .put(Metric.GENERATION_TOKENS_PER_SECOND, 768.0)
                    .put(Metric.PROMPT_TOKENS_PER_SECOND, 1_553.0)
                    .rest(Reason.NO_SAMPLE_YET, "no request in the window")
                    .build());
        }
        Figures<Metric> sums = Figures.of(Metric.class)
                .put(Metric.RUNNING, 71L)
                .put(Metric.WAITING, 12L)
                .put(Metric.PROMPT_TOKENS_PER_SECOND, 9_320.0)
                .put(Metric.GENERATION_TOKENS_PER_SECOND, 4_610.0)
                .build();
        Host host = new Host("dgx", "Linux", "x86_64", "", 128, Figures.none());
        return Samples.snapshot(host, gpus, engines, new Snapshot.Totals(sums, List.of()), List.of());
    }

    private static Gpu card(int index, double[] values) {
        Figures<GpuMetric> figures = Figures.of(GpuMetric.class)
                .put(GpuMetric.UTILIZATION_RATIO, values[0])
                .put(GpuMetric.MEMORY_TOTAL_BYTES, Samples.bytes(79.6))
                .put(GpuMetric.MEMORY_USED_BYTES, Samples.bytes(values[1]))
                .put(GpuMetric.TEMPERATURE_CELSIUS, values[2])
                .put(GpuMetric.TEMPERATURE_SLOWDOWN_CELSIUS, 93.0)
                .put(GpuMetric.POWER_WATTS, values[3])
                .build();
        return new Gpu(
                new Gpu.Identity(index, "GPU-" + index, "nvidia", "NVIDIA H100 80GB HBM3", "580", ""),
                Gpu.State.ACTIVE,
                new Gpu.Memory(false, "device"),
                figures,
                List.of(),
                new Gpu.Tenants(List.of(), List.of()));
    }

    /** Thirty engines, two of them loading, one nearly full. */
    public static Snapshot thirtyEngines() {
        List<EngineSnapshot> engines = new ArrayList<>();
        for (int index = 0; index < 30; index++) {
            engines.add(engine(index));
        }
        Snapshot mockup = Samples.mockup();
        return Samples.snapshot(mockup.machine().host(), List.of(), engines, mockup.totals(), List.of());
    }

    private static EngineSnapshot engine(int index) {
        EngineSample engine = EngineSample.at(index % 10 == 1 ? "SGLang" : "vLLM", 8_000 + index)
                .gpu(Samples.bytes(71 - index), 0);
        if (index % 10 == 1) {
            return engine.state(index == 21 ? State.SLEEPING : State.LOADING)
                    .process(Samples.process(1_000 + index, "root", "sglang"))
                    .rest(index == 21 ? Reason.ASLEEP : Reason.LOADING, "the model is being loaded")
                    .build();
        }
        return engine.model(Samples.model("llama-3.3-70b", ModelState.LOADED, true, 70, 131_072L, "fp8"))
                .put(Metric.GENERATION_TOKENS_PER_SECOND, 412.0 + index)
                .put(Metric.PROMPT_TOKENS_PER_SECOND, 2_100.0)
                .put(Metric.RUNNING, 31L)
                .put(Metric.WAITING, index == 3 ? 7L : 0L)
                .put(Metric.KV_CACHE_USED_RATIO, index == 3 ? 0.96 : 0.4)
                .put(Metric.TIME_TO_FIRST_TOKEN, Samples.latency(1.9, 1.95, 1.99))
                .build();
    }

    /** Nothing is known yet but that something is there. */
    public static Snapshot scanning() {
        EngineSnapshot vllm = EngineSample.at("vLLM?", 8000)
                .state(State.IDENTIFYING)
                .process(Samples.process(812, "root", "vllm serve"))
                .gap("gpu", Reason.NO_SAMPLE_YET, "not looked at yet")
                .build();
        List<Scan.Candidate> candidates = List.of(
                new Scan.Candidate("127.0.0.1:9001", OptionalLong.empty(), Verdict.ASKING, "asking, 1 of 3"),
                new Scan.Candidate("127.0.0.1:3000", OptionalLong.of(7), Verdict.LEFT_ALONE, "a database's port"));
        return new Snapshot(
                Samples.TIME,
                new Snapshot.AgentInfo("0.1.0", 4711, 1, 0, true),
                new Snapshot.Machine(new Host("box", "", "", "", 1, Figures.none()), List.of()),
                List.of(vllm),
                new Snapshot.Totals(Figures.none(), List.of()),
                new Snapshot.Findings(Samples.scan(candidates), List.of(), List.of()));
    }

    /** No engine at all, and no GPU. */
    public static Snapshot empty() {
        return nothing(List.of(), List.of(new Snapshot.Problem("nvml", "libnvidia-ml.so.1 not found")));
    }

    /** No engine, a GPU. */
    public static Snapshot idle() {
        Gpu gpu = card(0, EIGHT[3]);
        return nothing(List.of(gpu), List.of());
    }

    private static Snapshot nothing(List<Gpu> gpus, List<Snapshot.Problem> problems) {
        Snapshot.Totals none = new Snapshot.Totals(Figures.none(), List.of());
        return Samples.snapshot(Samples.host(), gpus, List.of(), none, problems);
    }

    /** Text that would harm a terminal which printed it: escape sequences, right-to-left marks, emoji, and length. */
    public static Snapshot hostile() {
        String[] ids = {
            "\u001b[31mred\u001b[2J",
            "\u202egpj.exe\u2066abc",
            "model-\ud83d\ude80-\ud83d\udc69\u200d\ud83d\udcbb-x",
            "\u6a21\u578b\u4e2d\u6587\u6a21\u578b\u4e2d\u6587\u6a21\u578b",
            "e\u0301\u0301\u0301\u0301a\u0300",
            "x".repeat(300),
            "\t\n\r\u0000\u007f"
        };
        List<EngineSnapshot> engines = new ArrayList<>();
        for (int index = 0; index < ids.length; index++) {
            engines.add(EngineSample.at(
                            index == 3 ? "\u5f15\u64ce\u5f15\u64ce\u5f15\u64ce\u5f15\u64ce" : "vLLM" + ids[index],
                            8_000 + index)
                    .version(ids[index])
                    .model(Samples.model(ids[index], ModelState.LOADED, true, 1, 1L, ids[index]))
                    .process(Samples.process(1, ids[index], ids[index]))
                    .gpu(Samples.bytes(1), 0)
                    .put(Metric.GENERATION_TOKENS_PER_SECOND, 1.0)
                    .rest(Reason.NOT_EXPORTED, ids[index])
                    .build());
        }
        Snapshot mockup = Samples.mockup();
        return Samples.snapshot(mockup.machine().host(), mockup.machine().gpus(), engines, mockup.totals(), List.of());
    }
}
