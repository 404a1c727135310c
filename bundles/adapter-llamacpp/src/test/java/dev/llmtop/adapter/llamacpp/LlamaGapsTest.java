// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Reading;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.ClosedPort;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every metric is known or has a reason that helps, whatever stands in the way. */
class LlamaGapsTest {
    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final String[] SERVER = {"llama-server", "-m", "/m.gguf", "--port", "1"};
    private static final String[] SLEEPER = {"llama-server", "-m", "/m.gguf", "--sleep-idle-seconds", "60"};

    private final LlamaCppAdapter adapter = new LlamaCppAdapter();

    private static String file(String name) {
        try {
            return Files.readString(CASES.resolve(name));
        } catch (IOException missing) {
            throw new java.io.UncheckedIOException(missing);
        }
    }

    /** The server of the recordings while it generates. */
    static EngineServer generating() {
        return EngineServer.start()
                .answer("/props", CannedAnswer.json(file("b10434-generating/props.json")))
                .answer("/v1/models", CannedAnswer.json(file("b10434-generating/v1_models.json")))
                .answer("/metrics", CannedAnswer.metrics(file("b10434-generating/metrics.2.txt")))
                .answer("/slots", CannedAnswer.json(file("b10434-generating/slots.2.json")));
    }

    private static CannedAnswer status(int status) {
        return CannedAnswer.of(status, "application/json", "{\"error\":{}}").header("Server", "llama.cpp");
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                trouble("metrics off", SERVER, s -> s.replace("/metrics", status(501)), null, "--metrics"),
                trouble("slots off", SERVER, s -> s.replace("/slots", status(501)), null, ""),
                trouble("key", SERVER, s -> every(s, 401), Reason.NEEDS_KEY, "--api-key"),
                trouble("key for figures", SERVER, s -> s.replace("/metrics", status(401)), Reason.NEEDS_KEY, "401"),
                trouble("loading", SERVER, s -> every(s, 503), Reason.LOADING, "503"),
                trouble("loading again", SERVER, s -> s.replace("/metrics", status(503)), Reason.LOADING, "503"),
                trouble(
                        "moved",
                        new String[] {"llama-server", "--api-prefix", "/x"},
                        s -> every(s, 404),
                        Reason.NOT_EXPORTED,
                        "--api-prefix"),
                trouble("broken", SERVER, s -> every(s, 500), Reason.UNREACHABLE, "500"),
                trouble("sleeper awake", SLEEPER, s -> {}, Reason.NOT_SAFE, "--sleep-idle-seconds"),
                trouble("asleep", SLEEPER, LlamaGapsTest::asleep, Reason.ASLEEP, "b10524"),
                trouble(
                        "no sense",
                        SERVER,
                        s -> s.replace("/metrics", CannedAnswer.metrics("up 1\n")),
                        null,
                        "llamacpp:"));
    }

    private static Arguments trouble(
            String name, String[] argv, Consumer<EngineServer> change, Reason all, String words) {
        return Arguments.of(name, argv, change, all, words);
    }

    private static void every(EngineServer server, int status) {
        Llama.PATHS.forEach(path -> server.replace(path, status(status)));
    }

    private static void asleep(EngineServer server) {
        server.replace(
                "/props",
                CannedAnswer.json(
                        file("b10434-generating/props.json").replace("\"is_sleeping\":false", "\"is_sleeping\":true")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void noMetricIsSilent(String name, String[] argv, Consumer<EngineServer> change, Reason all, String words) {
        try (EngineServer server = generating()) {
            change.accept(server);
            Candidate candidate = Llama.candidate(server.endpoint(), argv);
            Reading reading = adapter.metrics(Llama.engine(candidate), Llama.probe(server));
            assertThat(Llama.silentGaps(reading)).isEmpty();
            String details = reading.figures().asMap().values().stream()
                    .filter(value -> value instanceof Value.Unavailable<?>)
                    .map(value -> ((Value.Unavailable<?>) value).detail())
                    .reduce("", (one, other) -> one + "\n" + other);
            assertThat(details).as(name).contains(words);
            if (all != null) {
                Set<Metric> never = never();
                for (Metric metric : metrics()) {
                    boolean configured =
                            metric == Metric.SLOTS && words.startsWith("--sleep") || words.equals("b10524");
                    assertThat(reading.figures()
                                    .missing(metric)
                                    .map(Value.Unavailable::reason)
                                    .orElse(all))
                            .as(metric + " " + name)
                            .isIn(all, never.contains(metric) ? Reason.NOT_EXPORTED : all, loras(metric, all));
                    assertThat(reading.figures().missing(metric).isPresent() || configured)
                            .isTrue();
                }
                assertThat(reading.counts()).isEmpty();
                assertThat(reading.progress()).isEmpty();
            }
            server.assertOnly(Llama.PATHS);
        }
    }

    /** What no answer of a llama.cpp brings, and thus no key and no patience. */
    private Set<Metric> never() {
        try (EngineServer whole = generating()) {
            Candidate candidate = Llama.candidate(whole.endpoint(), SERVER);
            Reading reading = adapter.metrics(Llama.engine(candidate), Llama.probe(whole));
            Set<Metric> never = metrics();
            never.removeIf(metric -> reading.figures().missing(metric).isEmpty());
            return never;
        }
    }

    private static Reason loras(Metric metric, Reason otherwise) {
        return metric == Metric.ACTIVE_LORAS || metric == Metric.MAX_LORAS ? Reason.NOT_SAFE : otherwise;
    }

    private static Set<Metric> metrics() {
        return EnumSet.complementOf(EnumSet.of(Metric.TOKENS_PER_JOULE));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 60, 300, 700, 1_000, 1_500})
    void halfAPageGivesWhatItHasAndSaysWhyTheRestIsMissing(int length) throws IOException {
        CannedAnswer page = CannedAnswer.metrics(file("b10434-generating/metrics.2.txt"));
        try (EngineServer half = EngineServer.start()) {
            half.answer("/props", CannedAnswer.json(file("b10434-generating/props.json")))
                    .answer("/slots", CannedAnswer.json(file("b10434-generating/slots.2.json")))
                    .answer("/metrics", page.brokenOffAfter(length));
            Candidate candidate = Llama.candidate(half.endpoint(), SERVER);
            Reading reading = adapter.metrics(Llama.engine(candidate), LocalProbe.to(half.endpoint(), Llama.PATHS));
            assertThat(Llama.silentGaps(reading)).isEmpty();
            assertThat(reading.figures().missing(Metric.WAITING).orElseThrow().reason())
                    .isIn(Reason.TIMED_OUT, Reason.TOO_LARGE);
            assertThat(reading.figures().number(Metric.RUNNING)).contains(2.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/props", "/metrics"})
    void aServerThatIsGoneIsUnreachableAndNothingIsKnownOfIt(String lastHeard) throws IOException {
        try (ClosedPort gone = new ClosedPort()) {
            LocalProbe probe = LocalProbe.to(gone.endpoint(), Llama.PATHS);
            Candidate candidate = Llama.candidate(gone.endpoint(), SERVER);
            Reading reading = lastHeard.equals("/props")
                    ? adapter.metrics(Llama.engine(candidate), probe)
                    : new LlamaServer(Llama.engine(candidate), probe).read(props());
            for (Metric metric : metrics()) {
                assertThat(reading.figures().missing(metric).orElseThrow().reason())
                        .as(metric.name())
                        .isEqualTo(Reason.UNREACHABLE);
            }
            assertThat(reading.state()).isEmpty();
            assertThat(reading.fingerprint()).isEmpty();
        }
    }

    private static LlamaProps props() {
        try {
            return LlamaProps.of(new com.fasterxml.jackson.databind.ObjectMapper()
                            .readTree(file("b10434-generating/props.json")))
                    .orElseThrow();
        } catch (IOException malformed) {
            throw new java.io.UncheckedIOException(malformed);
        }
    }
}
