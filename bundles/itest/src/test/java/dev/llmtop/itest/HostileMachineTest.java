// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static dev.llmtop.itest.Container.engine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.testkit.FakeVllm;
import dev.llmtop.testkit.HostileServer;
import dev.llmtop.testkit.HostileServers;
import dev.llmtop.testkit.Hostility;
import dev.llmtop.testkit.ReceivedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole hostile set at once, and one honest engine among it. */
class HostileMachineTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long MOST_MEMORY = 200L << 20;
    private static final long MOST_BYTES_OF_ONE = 100L << 20;

    @TempDir
    Path folder;

    @Test
    void theProgramEndsInTimeWithinItsMemoryAndStillShowsTheHonestEngine() throws Exception {
        try (HostileServers hostile = HostileServers.startAll();
                FakeVllm honest = FakeVllm.start("honest-model", 100)) {
            List<String> words = new ArrayList<>(List.of("--json", "--port", Integer.toString(honest.port())));
            for (HostileServer server : hostile.all()) {
                words.add("--port");
                words.add(Integer.toString(server.port()));
            }
            long before = System.nanoTime();
            try (Program.Running running = new Program(folder).start(words.toArray(new String[0]))) {
                long peak = PeakMemory.untilTheEnd(running.process(), Duration.ofSeconds(60));
                Duration took = Duration.ofNanos(System.nanoTime() - before);
                Program.Result result = running.await();
                System.out.println("hostile set: " + took.toMillis() + " ms, peak " + (peak >> 20) + " MiB");

                assertThat(result.err()).isEmpty();
                assertThat(result.code()).isZero();
                assertThat(took).isLessThan(LIMIT);
                assertThat(peak).isLessThan(MOST_MEMORY);
                JsonNode snapshot = new SnapshotSchema().valid(result.out());
                assertThat(engine(snapshot, honest.id()).path("kind").asText()).isEqualTo("vllm");
                assertThat(result.out()).doesNotContain("Exception");
            }
            Set<String> declared = new HashSet<>(Distribution.FIRST_CONTACT);
            declared.addAll(Distribution.declaredPaths("dev.llmtop.adapter.vllm"));
            honest.server().assertOnly(declared);
            Set<String> mayBeAsked = mayBeAskedOfStrangers();
            for (HostileServer server : hostile.all()) {
                assertThat(server.requests()).allSatisfy(request -> isHarmless(request, mayBeAsked));
                assertThat(server.connections()).as(server + " connections").isLessThan(40);
                assertThat(server.bytesSent()).as(server + " bytes taken").isLessThan(MOST_BYTES_OF_ONE);
            }
        }
    }

    @Test
    void theyAreLeftAtTheirDeadlinesAndASignalEndsTheProgramQuietlyAndSoon() throws Exception {
        try (HostileServers hostile = HostileServers.startAll()) {
            List<String> words = new ArrayList<>(List.of("--json", "--watch"));
            for (HostileServer server : hostile.all()) {
                words.add("--port");
                words.add(Integer.toString(server.port()));
            }
            try (Program.Running running = new Program(folder).start(words.toArray(new String[0]))) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> hostile.get(Hostility.NEVER_ANSWERS).connections() > 0);
                for (Hostility stalls : List.of(Hostility.NEVER_ANSWERS, Hostility.DRIPS, Hostility.ENDLESS_BODY)) {
                    Awaitility.await(stalls + " is left at its deadline")
                            .atMost(Duration.ofSeconds(20))
                            .until(() -> hostile.get(stalls).connections() > 0
                                    && hostile.get(stalls).openConnections() == 0);
                }
                long before = System.nanoTime();
                running.signal("TERM");
                Program.Result result = running.await();

                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
                assertThat(result.code()).isEqualTo(143);
                assertThat(result.err()).isEmpty();
            }
        }
    }

    /**
     * The first contact, and what an adapter declares whose first-contact answer a server imitates; but never what generates in some
     * engine or other (design, section 4).
     */
    private static Set<String> mayBeAskedOfStrangers() {
        Set<String> paths = new HashSet<>(Distribution.FIRST_CONTACT);
        Distribution.ours().keySet().stream()
                .filter(name -> name.startsWith("dev.llmtop.adapter."))
                .forEach(name -> paths.addAll(Distribution.declaredPaths(name)));
        paths.removeAll(Set.of("/", "/health", "/ping", "/metrics", "/slots"));
        return paths;
    }

    private static void isHarmless(ReceivedRequest request, Set<String> mayBeAsked) {
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.bodyBytes()).isZero();
        assertThat(request.path()).isIn(mayBeAsked);
    }
}
