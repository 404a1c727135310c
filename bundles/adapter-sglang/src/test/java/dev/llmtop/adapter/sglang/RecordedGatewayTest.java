// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a running gateway 0.3.2 and a running vLLM router 0.1.17 answered, each before a llama-server. */
class RecordedGatewayTest {
    private static final Path GATEWAY = Path.of("src/test/resources/gateway");
    private static final List<String> PATHS = List.of("/readiness", "/workers");

    private final SglangGatewayAdapter adapter = new SglangGatewayAdapter();
    private EngineServer server;
    private EngineServer second;

    @BeforeEach
    void start() throws IOException {
        Path recorded = GATEWAY.resolve("0.3.2-recorded");
        server = EngineServer.start()
                .answer("/readiness", CannedAnswer.json(Files.readString(recorded.resolve("readiness.json"))))
                .answer("/workers", CannedAnswer.json(Files.readString(recorded.resolve("workers.json"))));
        second = EngineServer.start();
    }

    @AfterEach
    void close() {
        server.close();
        second.close();
    }

    /** After three streams of 13 s each. Its port is in no command line any more. */
    @Test
    void theGatewayCountsRequestsAndNoLatencyOfStreams() throws IOException {
        second.answer(
                "/metrics", CannedAnswer.metrics(Files.readString(GATEWAY.resolve("0.3.2-recorded/metrics.txt"))));
        Candidate candidate = titled("sglang::router");
        Match match = adapter.detect(candidate, probe());
        assertThat(match.strength()).isEqualTo(Strength.PROVEN);
        assertThat(match.title()).isEmpty();
        assertThat(adapter.describe(Sglang.engine(candidate, match), probe()).backendUrls())
                .containsExactly("http://127.0.0.1:9101");
        Reading reading = reading(candidate, match);
        assertThat(Sglang.silentGaps(reading)).isEmpty();
        assertThat(count(reading, Counter.REQUESTS)).isEqualTo(3);
        assertThat(reading.figures().number(Metric.RUNNING)).contains(0.0);
        assertThat(reading.figures()
                        .missing(Metric.END_TO_END_LATENCY)
                        .orElseThrow()
                        .reason())
                .isEqualTo(Reason.NOT_EXPORTED);
    }

    @Test
    void vllmsRouterIsToldByTheTitleOfItsProcessAndHasSeriesOfItsOwn() throws IOException {
        second.answer("/metrics", CannedAnswer.metrics(Files.readString(GATEWAY.resolve("vllm-router.txt"))));
        Candidate candidate = titled("vllm::router");
        Match match = adapter.detect(candidate, probe());
        assertThat(match.title()).contains("vLLM router");
        assertThat(match.strength()).isEqualTo(Strength.PROVEN);
        Reading reading = reading(candidate, match);
        assertThat(Sglang.silentGaps(reading)).isEmpty();
        assertThat(reading.figures().number(Metric.RUNNING)).contains(0.0);
        assertThat(count(reading, Counter.REQUESTS)).isEqualTo(8);
        assertThat(count(reading, Counter.ERRORS)).isEqualTo(10);
    }

    private Candidate titled(String title) {
        return new Candidate(
                server.endpoint(), true, Optional.of(Sglang.launch(title, "", "")), List.of(), Set.of("sglangrouter"));
    }

    private LocalProbe probe() {
        return LocalProbe.to(server.endpoint(), PATHS);
    }

    private Reading reading(Candidate candidate, Match match) {
        Member member = new Member(second.endpoint(), candidate.launch().orElseThrow());
        return adapter.metrics(Sglang.engine(candidate, match), probe().withMembers(List.of(member), "/metrics"));
    }

    private static double count(Reading reading, Counter counter) {
        return reading.counts().entrySet().stream()
                .filter(entry -> entry.getKey().counter() == counter)
                .mapToDouble(entry -> entry.getValue())
                .sum();
    }
}
