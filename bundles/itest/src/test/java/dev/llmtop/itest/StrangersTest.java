// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static dev.llmtop.itest.Container.engine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.itest.outsider.extras.OutsiderSink;
import dev.llmtop.itest.outsider.hostile.ThrowingAdapter;
import dev.llmtop.testkit.EngineProcess;
import dev.llmtop.testkit.FakeVllm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Bundles of strangers in the container while ticks run: one that helps, and one whose adapters do everything wrong. */
class StrangersTest {
    @TempDir
    static Path directory;

    private static EngineProcess vllm;
    private static EngineProcess other;
    private static Container container;
    private static Snapshots snapshots;

    @BeforeAll
    static void start() throws Exception {
        vllm = EngineProcess.unnamed(directory, FakeVllm.class, "tiny-model", Map.of(FakeVllm.SPEED, "1000"));
        other = EngineProcess.unnamed(directory, OutsiderEngine.class, "outside-model", Map.of());
        container = Container.start(directory);
        container.configure("dev.llmtop.monitor", Map.of("interval.ms", 300L));
        container.configure("dev.llmtop.discovery", Map.of("ports", new int[] {vllm.port(), other.port()}));
        container.configure("dev.llmtop.discovery.adapters", Map.of("call.timeout.ms", 300L));
        snapshots = container.listen();
        snapshots.await("both engines", 0, StrangersTest::whole);
    }

    @AfterAll
    static void stop() {
        if (container != null) {
            container.close();
        }
        vllm.close();
        other.close();
    }

    @Test
    void aGpuSourceASinkAndACommandComeFromAStrangersBundle() throws Exception {
        Path jar = directory.resolve("extras.jar");
        OutsiderBundle.write(jar, OutsiderSink.class.getPackage(), "org.example.extras", 1);
        int mark = snapshots.count();
        Bundle bundle = container.context().installBundle(jar.toUri().toString());
        bundle.start();

        JsonNode seen = snapshots.await("its GPU", mark, snapshot -> hasCard(snapshot));
        assertThat(engine(seen, vllm.id()).path("kind").asText()).isEqualTo("vllm");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(container.gogo("example:received"))
                        .matches("(?s)[1-9][0-9]* snapshots, [1-9][0-9]* engines in the last\\s*"));

        mark = snapshots.count();
        bundle.uninstall();
        snapshots.await("its GPU gone", mark, snapshot -> !hasCard(snapshot));
        assertThat(container.context().getAllServiceReferences(null, "(osgi.command.scope=example)"))
                .isNull();
    }

    private static boolean hasCard(JsonNode snapshot) {
        return snapshot.findValues("name").stream()
                .anyMatch(name -> name.asText().equals("Example One"));
    }

    @Test
    void adaptersThatThrowHangWantEverythingOrClaimEverythingAreNamedAndSwitchedOffAndNobodyLoses() throws Exception {
        Path jar = directory.resolve("hostile.jar");
        OutsiderBundle.write(jar, ThrowingAdapter.class.getPackage(), "org.example.hostile", 1);
        int mark = snapshots.count();
        Bundle bundle = container.context().installBundle(jar.toUri().toString());
        bundle.start();
        for (int again = 0; again < 6; again++) {
            container.gogo("rediscover");
            snapshots.awaitMore(2);
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            container.gogo("rediscover");
            assertThat(state("hanging")).isEqualTo("disabled");
            assertThat(state("throwing")).isEqualTo("disabled");
            assertThat(state("greedy")).isEqualTo("disabled");
        });
        assertThat(container.gogo("adapters")).contains("org.example.hostile 1.0.0");

        JsonNode last = snapshots.await("as before", snapshots.count(), StrangersTest::whole);
        assertThat(problems(last))
                .anyMatch(line -> line.startsWith("throwing switched off after 5 faults in a row"))
                .anyMatch(line -> line.startsWith("hanging switched off after 2 calls that did not end"))
                .anyMatch(line -> line.startsWith("greedy switched off after 5 faults in a row"))
                .anyMatch(line -> line.startsWith("? org.example.hostile 1.0.0 is refused:") && line.contains("/v1/*"))
                .noneMatch(line -> line.contains("verysecret"));
        assertThat(snapshots.all().stream()
                        .skip(mark)
                        .filter(snapshot -> engine(snapshot, vllm.id()).isMissingNode()
                                || engine(snapshot, other.id()).isMissingNode())
                        .count())
                .as("snapshots without one of the engines")
                .isZero();

        assertThat(container.gogo("enable throwing")).contains("throwing is on again");
        assertThat(state("throwing")).isEqualTo("active");
        bundle.uninstall();
        JsonNode after = snapshots.await("as before", snapshots.count() + 2, StrangersTest::whole);
        assertThat(problems(after)).noneMatch(line -> line.contains("hostile") || line.contains("switched off"));
    }

    private static boolean whole(JsonNode snapshot) {
        JsonNode speed = engine(snapshot, vllm.id()).path("metrics").path("generationTokensPerSecond");
        return engine(snapshot, vllm.id()).path("kind").asText().equals("vllm")
                && speed.asDouble() > 0
                && engine(snapshot, other.id()).path("kind").asText().equals("openai");
    }

    private static String state(String kind) {
        return container
                .gogo("adapters")
                .lines()
                .filter(line -> line.startsWith(kind + " "))
                .map(line -> line.split(" +")[2])
                .findFirst()
                .orElse("absent");
    }

    private static List<String> problems(JsonNode snapshot) {
        return StreamSupport.stream(snapshot.path("problems").spliterator(), false)
                .map(problem -> problem.path("source").asText() + " "
                        + problem.path("detail").asText())
                .toList();
    }
}
