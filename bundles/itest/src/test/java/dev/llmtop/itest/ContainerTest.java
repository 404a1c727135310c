// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static dev.llmtop.itest.Container.engine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.testkit.EngineProcess;
import dev.llmtop.testkit.FakeVllm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/** The bundles that ship, in a framework, with engines on real ports; an adapter comes, changes and goes. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContainerTest {
    private static final double SPEED = 1_000;

    @TempDir
    static Path directory;

    private static EngineProcess vllm;
    private static EngineProcess outsider;
    private static Container container;
    private static Snapshots snapshots;

    @BeforeAll
    static void start() throws Exception {
        // In processes of their own: the agent never asks its own process, which is the test's.
        vllm = EngineProcess.unnamed(
                directory, FakeVllm.class, "tiny-model", Map.of(FakeVllm.SPEED, Double.toString(SPEED)));
        outsider = EngineProcess.unnamed(directory, OutsiderEngine.class, "outside-model", Map.of());
        container = Container.start(directory);
        container.configure("dev.llmtop.monitor", Map.of("interval.ms", 500L, "gpu", false));
        container.configure("dev.llmtop.discovery", Map.of("ports", new int[] {vllm.port(), outsider.port()}));
        snapshots = container.listen();
    }

    @AfterAll
    static void stop() {
        if (container != null) {
            container.close();
        }
        vllm.close();
        outsider.close();
    }

    @Test
    @Order(1)
    void everyBundleIsActiveAndNoneIsUnresolved() {
        assertThat(container.bundles()).hasSize(Distribution.bundles().size()).allSatisfy(ContainerTest::works);
    }

    private static void works(Bundle bundle) {
        boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
        assertThat(bundle.getState())
                .as(bundle.getSymbolicName())
                .isEqualTo(fragment ? Bundle.RESOLVED : Bundle.ACTIVE);
    }

    @Test
    @Order(2)
    void everyComponentThatNeedsNoConfigurationIsSatisfied() {
        // A component whose configuration arrived is made anew, and with it those that need it.
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(container.components()).hasSizeGreaterThan(10);
            assertThat(container.unsatisfied()).isEmpty();
        });
    }

    @Test
    @Order(3)
    void aFakeVllmIsFoundAndItsSpeedIsRight() {
        snapshots.await(
                "vllm", 0, snapshot -> !speed(engine(snapshot, vllm.id())).isMissingNode());
        int mark = snapshots.count();
        snapshots.awaitMore(5);

        List<JsonNode> rows = snapshots.all().subList(mark, mark + 5).stream()
                .map(snapshot -> engine(snapshot, vllm.id()))
                .toList();
        JsonNode row = rows.get(4);
        assertThat(row.path("kind").asText()).isEqualTo("vllm");
        assertThat(row.path("state").asText()).isEqualTo("ready");
        assertThat(row.path("version").asText()).isEqualTo("0.11.0");
        assertThat(row.path("models").path(0).path("id").asText()).isEqualTo("tiny-model");
        assertThat(row.path("metrics").path("running").asInt()).isEqualTo(3);
        assertThat(row.path("metrics").path("kvCacheUsedRatio").asDouble()).isEqualTo(0.25);
        assertThat(rows.stream()
                        .mapToDouble(one -> speed(one).asDouble())
                        .average()
                        .orElse(0))
                .isCloseTo(SPEED, within(SPEED * 0.05));
        assertThat(row.path("metrics").path("promptTokensPerSecond").asDouble())
                .isCloseTo(4 * SPEED, within(4 * SPEED * 0.2));
    }

    @Test
    @Order(4)
    void quantilesAreThoseOfTheWindow() {
        JsonNode latency = ttft(snapshots.await(
                "30 requests", 0, seen -> ttft(seen).path("count").asInt() >= 30));

        // Nine of ten requests take 50 ms, in the bucket up to 60 ms; one takes 400 ms, in the bucket up to 500 ms.
        assertThat(latency.path("p50").asDouble()).isBetween(0.04, 0.06);
        assertThat(latency.path("p99").asDouble()).isBetween(0.25, 0.5);
        assertThat(latency.path("mean").asDouble()).isCloseTo(0.085, within(0.02));
        assertThat(latency.path("sinceStart").path("count").asInt())
                .isGreaterThanOrEqualTo(latency.path("count").asInt());
    }

    private static JsonNode ttft(JsonNode snapshot) {
        return engine(snapshot, vllm.id()).path("metrics").path("timeToFirstTokenSeconds");
    }

    private static JsonNode speed(JsonNode engine) {
        return engine.path("metrics").path("generationTokensPerSecond");
    }

    @Test
    @Order(5)
    void anEngineWithoutAnAdapterOfItsOwnIsTheGenericOnes() {
        JsonNode snapshot = snapshots.await("openai", 0, seen -> kind(seen).equals("openai"));

        assertThat(engine(snapshot, outsider.id())
                        .path("models")
                        .path(0)
                        .path("id")
                        .asText())
                .isEqualTo("outside-model");
        assertThat(outsider.output()).contains("GET /v1/models").doesNotContain("/outsider/status", "/metrics");
    }

    private static String kind(JsonNode snapshot) {
        return engine(snapshot, outsider.id()).path("kind").asText();
    }

    @Test
    @Order(6)
    void anAdapterFromOutsideIsInstalledClaimsItsEngineIsUpdatedAndGoes() throws Exception {
        Path jar = directory.resolve("outsider.jar");
        OutsiderBundle.write(jar, 1);
        int mark = snapshots.count();
        String said = container.gogo("felix:install " + jar.toUri());
        String id = said.replaceAll("(?s).*?(\\d+)\\s*$", "$1");
        container.gogo("felix:start " + id);
        Instant there = Instant.now();
        JsonNode claimed = snapshots.await("claimed", mark, seen -> kind(seen).equals("outsider"));

        assertThat(engine(claimed, outsider.id()).path("title").asText()).isEqualTo("Outsider");
        assertThat(sightings(mark)).as("under one id, in every snapshot").allMatch(seen -> seen == 1);
        // The tick that was under way when it came does not know it; the next one does.
        assertThat(ticksUntil(there, "outsider")).as("ticks until it claims").isLessThanOrEqualTo(1);
        snapshots.await(
                "its rate", mark, seen -> speed(engine(seen, outsider.id())).asDouble() > 0);

        mark = snapshots.count();
        OutsiderBundle.write(jar, 2);
        container.gogo("felix:update " + id);
        snapshots.await(
                "updated",
                mark,
                seen -> engine(seen, outsider.id()).path("title").asText().equals("Outsider Two"));
        assertThat(sightings(mark)).allMatch(seen -> seen == 1);
        assertThat(eventKinds(mark)).as("its history goes on").doesNotContain("engine-gone", "engine-restarted");

        mark = snapshots.count();
        container.gogo("felix:uninstall " + id);
        snapshots.await("back", mark, seen -> kind(seen).equals("openai"));
        assertThat(sightings(mark)).allMatch(seen -> seen == 1);
        assertThat(eventKinds(mark)).doesNotContain("engine-gone", "engine-appeared");
    }

    /** In each snapshot since a mark, how often the engine stands in the list. */
    private static Stream<Integer> sightings(int mark) {
        return snapshots.all().stream()
                .skip(mark)
                .map(snapshot ->
                        (int) StreamSupport.stream(snapshot.path("engines").spliterator(), false)
                                .filter(one -> one.path("id").asText().equals(outsider.id()))
                                .count());
    }

    /** Ticks that ended after a moment and did not yet say so. */
    private static long ticksUntil(Instant moment, String kind) {
        return snapshots.all().stream()
                .filter(seen -> Instant.parse(seen.path("time").asText()).isAfter(moment))
                .takeWhile(seen -> !kind(seen).equals(kind))
                .count();
    }

    private static List<String> eventKinds(int mark) {
        return snapshots.all().stream()
                .skip(mark)
                .flatMap(
                        snapshot -> StreamSupport.stream(snapshot.path("events").spliterator(), false))
                .filter(event -> event.path("engine").asText().equals(outsider.id()))
                .map(event -> event.path("kind").asText())
                .toList();
    }

    @Test
    @Order(7)
    void nothingIsLeftBehind() {
        snapshots.awaitMore(2);
        JsonNode last = snapshots.all().get(snapshots.count() - 1);

        assertThat(container.bundles()).hasSize(Distribution.bundles().size()).allSatisfy(ContainerTest::works);
        assertThat(engine(last, vllm.id()).path("kind").asText()).isEqualTo("vllm");
        assertThat(StreamSupport.stream(last.path("problems").spliterator(), false)
                        .map(problem -> problem.path("source").asText() + " "
                                + problem.path("detail").asText()))
                .noneMatch(line -> line.contains("outsider") || line.contains("Exception"));
        assertThat(outsider.output().lines())
                .allMatch(asked -> asked.equals("GET /outsider/status")
                        || Distribution.FIRST_CONTACT.contains(asked.replace("GET ", "")));
    }
}
