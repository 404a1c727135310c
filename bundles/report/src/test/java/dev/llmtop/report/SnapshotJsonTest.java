// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmtop.model.Distribution;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
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

class SnapshotJsonTest {
    private final SnapshotJson format = new SnapshotJson();
    private final JsonNode full =
            read(Samples.snapshot(false, List.of(Samples.gb10(), Samples.split()), List.of(Samples.vllm()), List.of()));

    @Test
    void theHeadNamesContractTimeAndAgent() {
        assertThat(full.path("schema").asText()).isEqualTo("llmtop.snapshot/1");
        assertThat(full.path("time").asText()).isEqualTo("2026-11-24T12:30:05.120Z");
        assertThat(full.path("agent").toString())
                .isEqualTo(
                        "{\"version\":\"0.1.0\",\"pid\":4711,\"tickSeconds\":1,\"tookSeconds\":0.210124,\"scanning\":false}");
    }

    @Test
    void theHostHasItsFiguresAndItsGaps() {
        JsonNode host = full.path("host");
        assertThat(host.path("memoryTotalBytes").asLong()).isEqualTo(128_501_256_192L);
        assertThat(host.path("cpuUsedRatio").asDouble()).isEqualTo(0.12);
        assertThat(host.path("loadAverage").toString()).isEqualTo("[1.2,0.8,0.5]");
        assertThat(host.path("swapTotalBytes").toString()).isEqualTo("0");
        assertThat(host.has("swapUsedBytes")).isFalse();
        assertThat(host.at("/unavailable/swapUsedBytes/reason").asText()).isEqualTo("no-sample-yet");
        assertThat(read(Samples.empty(false)).at("/host/unavailable/cpu/reason").asText())
                .isEqualTo("not-supported");
    }

    @Test
    void aGpuHasItsFiguresItsTenantsAndItsGaps() {
        JsonNode gpu = full.path("gpus").path(0);
        assertThat(gpu.path("unifiedMemory").asBoolean()).isTrue();
        assertThat(gpu.path("memoryTotalSource").asText()).isEqualTo("system");
        assertThat(gpu.path("powerWatts").asDouble()).isEqualTo(41.5);
        assertThat(gpu.path("persistence").isBoolean()).isTrue();
        assertThat(gpu.path("throttle").toString()).isEqualTo("[\"SwPowerCap\"]");
        assertThat(gpu.path("processes").toString())
                .isEqualTo(
                        "[{\"pid\":900,\"memoryBytes\":109521666048,\"engine\":\"127.0.0.1:8000\",\"attribution\":\"ancestor\"}]");
        assertThat(gpu.path("unavailable").fieldNames())
                .toIterable()
                .containsExactly("memoryUsedBytes", "pciBusId", "processes[0].smRatio");
    }

    @Test
    void aPartOfAGpuHasItsGapsByPath() {
        JsonNode gpu = full.path("gpus").path(1);
        assertThat(gpu.at("/mig/0/profile").asText()).isEqualTo("1g.10gb");
        assertThat(gpu.at("/mig/0/memoryTotalBytes").asLong()).isEqualTo(10_000_000_000L);
        assertThat(gpu.at("/mig/0").has("memoryUsedBytes")).isFalse();
        assertThat(gpu.path("unavailable").has("mig[0].memoryUsedBytes")).isTrue();
        assertThat(gpu.path("unavailable").has("mig[1].processes[0].memoryBytes"))
                .isTrue();
    }

    @Test
    void anEngineHasIdentityPlaceAndProcess() {
        JsonNode engine = full.path("engines").path(0);
        assertThat(engine.path("id").asText()).isEqualTo("127.0.0.1:8000");
        assertThat(engine.path("version").asText()).isEqualTo("0.11.0");
        assertThat(engine.path("role").asText()).isEqualTo("engine");
        assertThat(engine.path("port").asInt()).isEqualTo(8000);
        assertThat(engine.path("alsoAt").toString()).isEqualTo("[\"172.17.0.2:8000\"]");
        assertThat(engine.path("process").toString())
                .isEqualTo(
                        "{\"pid\":812,\"pids\":[812,900],\"user\":\"root\",\"command\":\"vllm serve /models/qwen3 --api-key ***\","
                                + "\"started\":\"2026-11-23T12:30:05.120Z\",\"uptimeSeconds\":86400.123,\"cpuRatio\":1.7,"
                                + "\"memoryBytes\":5123456789,\"container\":{\"id\":\"3f2a9c8b7d6e5f4a\",\"runtime\":\"docker\",\"name\":\"vllm\"}}");
        assertThat(engine.path("gpu").toString())
                .isEqualTo("{\"indices\":[0],\"memoryBytes\":109521666048,\"attribution\":\"ancestor\"}");
        assertThat(engine.path("config").toString())
                .isEqualTo(
                        "{\"dtype\":\"auto\",\"enforceEager\":true,\"gpuMemoryUtilization\":0.9,\"tensorParallel\":1}");
        assertThat(engine.at("/evidence/1").toString())
                .isEqualTo("{\"signal\":\"owner\",\"verdict\":\"unreadable\",\"says\":\"socket of another user\"}");
        assertThat(engine.path("remoteBackends").toString())
                .isEqualTo("[{\"host\":\"api.example.org\",\"model\":\"large\"}]");
    }

    @Test
    void aModelHasItsFactsAndItsGaps() {
        JsonNode model = full.at("/engines/0/models/0");
        assertThat(model.toString())
                .isEqualTo(
                        "{\"id\":\"qwen3-32b-awq\",\"state\":\"loaded\",\"primary\":true,\"root\":\"/models/qwen3\","
                                + "\"contextTokens\":32768,\"quantization\":\"awq\",\"parameters\":\"32.8B\",\"pid\":900,\"metrics\":{},"
                                + "\"unavailable\":{\"sizeBytes\":{\"reason\":\"not-exported\",\"detail\":\"vLLM does not tell it\"}}}");
    }

    @Test
    void figuresAndObjectsShareOneMapOfGaps() {
        JsonNode engine = full.path("engines").path(0);
        JsonNode metrics = engine.path("metrics");
        assertThat(metrics.path("generationTokensPerSecond").toString()).isEqualTo("143.2");
        assertThat(metrics.path("waitingByReason").toString()).isEqualTo("{\"capacity\":1,\"deferred\":0}");
        assertThat(metrics.path("activeLoras").toString()).isEqualTo("[\"sql\"]");
        assertThat(metrics.has("externalCacheHitRatio")).isFalse();
        assertThat(engine.path("unavailable").fieldNames())
                .toIterable()
                .contains("config.kvTransfer", "metrics.externalCacheHitRatio", "metrics.endToEndLatencySeconds");
        assertThat(engine.at("/sources/metrics.kvCacheUsedRatio").toString())
                .isEqualTo(
                        "{\"path\":\"/metrics\",\"series\":[\"vllm:kv_cache_usage_perc\"],\"combined\":\"only\",\"basis\":\"live\"}");
        assertThat(engine.path("extra")
                        .path("vllm:num_requests_waiting_by_reason{reason=\"capacity\"}")
                        .asInt(-1))
                .isZero();
        assertThat(engine.path("freshness").toString())
                .isEqualTo("{\"measured\":\"2026-11-24T12:30:04.720Z\",\"ageSeconds\":0.4}");
    }

    @Test
    void aLatencyHasItsWindowAndWhatWasSinceTheStart() {
        JsonNode latency = full.at("/engines/0/metrics/timeToFirstTokenSeconds");
        assertThat(latency.toString())
                .isEqualTo("{\"p50\":0.12,\"p90\":0.31,\"p99\":0.8,\"mean\":0.15,\"count\":41,\"windowSeconds\":60,"
                        + "\"buckets\":[[0.1,20],[0.25,38],[0.5,41]],"
                        + "\"sinceStart\":{\"p50\":0.12,\"p90\":0.31,\"p99\":0.8,\"mean\":0.15,\"count\":5012}}");
    }

    @Test
    void anEmptyWindowHasNoQuantilesButItsReasonAndTheStart() {
        JsonNode engine = full.path("engines").path(0);
        JsonNode latency = engine.at("/metrics/endToEndLatencySeconds");
        assertThat(latency.fieldNames()).toIterable().containsExactly("count", "windowSeconds", "sinceStart");
        assertThat(latency.path("count").asInt(-1)).isZero();
        assertThat(latency.at("/sinceStart/p99").asDouble()).isEqualTo(1.9);
        assertThat(engine.at("/unavailable/metrics.endToEndLatencySeconds/reason")
                        .asText())
                .isEqualTo("no-sample-yet");
    }

    @Test
    void aQuantileInTheLowestBucketIsAbsentAndSaysSo() {
        JsonNode engine = full.path("engines").path(0);
        JsonNode latency = engine.at("/metrics/queueTimeSeconds");
        assertThat(latency.has("p50")).isFalse();
        assertThat(latency.path("mean").asDouble()).isEqualTo(0.0004);
        assertThat(engine.at("/unavailable/metrics.queueTimeSeconds.p50/reason").asText())
                .isEqualTo("not-exported");
    }

    @Test
    void anUnreadableProcessIsAbsentWithItsReason() {
        JsonNode engine = read(Samples.mockup()).path("engines").path(1);
        assertThat(engine.has("process")).isFalse();
        assertThat(engine.has("version")).isFalse();
        assertThat(engine.path("unavailable").fieldNames())
                .toIterable()
                .containsExactly("gpu", "metrics", "models", "process", "version");
    }

    @Test
    void sumsNameWhatTheyMiss() {
        assertThat(full.path("totals").toString())
                .isEqualTo(
                        "{\"running\":4,\"generationTokensPerSecond\":181.4,\"partial\":[\"running\"],"
                                + "\"unavailable\":{\"tokensPerJoule\":{\"reason\":\"not-supported\",\"detail\":\"no energy counter\"}}}");
    }

    @Test
    void scanEventsAndProblemsAreThere() {
        assertThat(full.path("scan").path("listeners").asInt()).isEqualTo(41);
        assertThat(full.at("/scan/candidates/1").toString())
                .isEqualTo(
                        "{\"address\":\"127.0.0.1:3000\",\"verdict\":\"not-an-engine\",\"why\":\"an HTML page on every path\"}");
        assertThat(full.at("/events/0").toString())
                .isEqualTo(
                        "{\"time\":\"2026-11-24T12:30:05.120Z\",\"kind\":\"model-loaded\",\"engine\":\"127.0.0.1:8000\","
                                + "\"model\":\"qwen3-32b\",\"detail\":\"4.6G\"}");
        assertThat(full.path("events").path(1).has("engine")).isFalse();
        assertThat(read(Samples.empty(true)).at("/problems/0").toString())
                .isEqualTo("{\"source\":\"nvml\",\"detail\":\"libnvidia-ml.so.1 not found\"}");
    }

    @Test
    void everySnapshotKeepsTheContract() {
        List<Snapshot> snapshots = new ArrayList<>(List.of(
                Samples.mockup(),
                Samples.empty(false),
                Samples.empty(true),
                hostile(),
                Samples.snapshot(
                        false,
                        List.of(Samples.gb10(), Samples.split(), Samples.lost()),
                        List.of(Samples.vllm()),
                        List.of())));
        for (Reason reason : Reason.values()) {
            for (State state : State.values()) {
                snapshots.add(Samples.snapshot(false, List.of(), List.of(gappy(reason, state)), List.of()));
            }
        }
        ContractSchema schema = new ContractSchema();
        for (Snapshot snapshot : snapshots) {
            assertThat(schema.violations(format.json(snapshot, false))).isEmpty();
            assertThat(schema.violations(format.json(snapshot, true))).isEmpty();
        }
    }

    @Test
    void hostileTextIsCleanedAndShort() {
        String json = format.json(hostile(), false);
        for (String evil : List.of("\u001b", "\\u001B", "\u202e", "\n", "NaN", "Infinity")) {
            assertThat(json.contains(evil)).as(evil).isFalse();
        }
        JsonNode engine = read(hostile()).path("engines").path(0);
        assertThat(engine.path("models").path(0).path("id").asText()).hasSizeLessThanOrEqualTo(1_000);
        assertThat(engine.path("extra").size()).isEqualTo(1);
        assertThat(engine.at("/metrics/timeToFirstTokenSeconds").has("mean")).isFalse();
        assertThat(engine.at("/unavailable/metrics.timeToFirstTokenSeconds.mean/reason")
                        .asText())
                .isEqualTo("malformed");
    }

    @Test
    void oneLineHasNoLineEndAndIndentedHasMany() {
        assertThat(format.json(Samples.mockup(), false)).doesNotContain("\n");
        assertThat(format.json(Samples.mockup(), true)).contains("\n  \"schema\" : \"llmtop.snapshot/1\",\n");
    }

    private static EngineSnapshot gappy(Reason reason, State state) {
        Figures.Builder<Metric> figures = Figures.of(Metric.class);
        for (Metric metric : Metric.values()) {
            figures.putUnavailable(metric, reason, "because");
        }
        return Samples.engine(
                "X", 8001, state, List.of(), figures.build(), Map.of("process", new Value.Unavailable<>(reason, "")));
    }

    static Snapshot hostile() {
        String evil = "a\u001b[31m\u202eb\"\\\u0000\ud83d\ude00\n" + "\u6f22".repeat(2_000);
        Distribution broken = new Distribution(
                Distribution.Quantiles.NONE,
                Optional.of(Double.NaN),
                3,
                60,
                List.of(new Distribution.Bucket(Double.POSITIVE_INFINITY, 3)),
                Optional.empty());
        Figures<Metric> figures = Figures.of(Metric.class)
                .put(Metric.TIME_TO_FIRST_TOKEN, broken)
                .putUnavailable(Metric.RUNNING, Reason.MALFORMED, evil)
                .build();
        EngineSnapshot plain = Samples.engine(
                evil,
                8001,
                State.READY,
                List.of(Samples.model(evil, ModelState.LOADED)),
                figures,
                Map.of(evil, new Value.Unavailable<>(Reason.MALFORMED, evil)));
        EngineSnapshot engine = new EngineSnapshot(
                plain.identity(),
                plain.placement(),
                plain.models(),
                new EngineSnapshot.Serving(Map.of(evil, evil, "nan", Double.NaN), List.of(), List.of()),
                new EngineSnapshot.Measured(
                        figures, Map.of(), Map.of("a\u0001", 1.0, "a\u0002", 2.0, "b", Double.NaN), Optional.empty()),
                plain.findings());
        return Samples.snapshot(false, List.of(), List.of(engine), List.of(new Snapshot.Problem(evil, evil)));
    }

    private JsonNode read(Snapshot snapshot) {
        try {
            return new ObjectMapper().readTree(new SnapshotJson().json(snapshot, false));
        } catch (java.io.IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
