// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmtop.agent.ProcessTable.Connection;
import dev.llmtop.agent.ProcessTable.Connections;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.EngineSnapshot.RemoteBackend;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Role;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.rates.Rates;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole ticks with a router and what is behind it. */
class RoutersTest {
    private static final String ROUTER = "127.0.0.1:4000";
    private static final String ENGINE = "127.0.0.1:8000";
    private static final ProcessEntry PROXY = Made.process(40, 1, 0, 100, "litellm");
    private static final ProcessEntry SERVER = Made.process(80, 1, 0, 100, "vllm", "serve");

    private final Fake fake = new Fake();
    private final BlockingQueue<Snapshot> snapshots = new LinkedBlockingQueue<>();
    private AgentLoop loop;

    @BeforeEach
    void prepare() {
        Attachments attachments = new Attachments();
        attachments.add(1, new Rates());
        fake.kinds = List.of("vllm", "litellm");
        fake.processes = Map.of(40L, PROXY, 80L, SERVER);
        fake.found = List.of(Made.found("litellm", 4000, State.READY, Optional.of(PROXY)), Made.vllm(8000, SERVER));
        fake.metrics.put(ROUTER, counting());
        fake.metrics.put(ENGINE, counting());
        loop = new AgentLoop(
                fake.services(),
                new Settings("0.1.0", Duration.ofMillis(200), Duration.ofSeconds(60), true, false),
                attachments);
        loop.addListener(2, snapshots::add);
    }

    @AfterEach
    void stop() {
        loop.stop();
    }

    @Test
    void whatPassesThroughARouterCountsOnce() throws InterruptedException {
        describe(Description.builder().role(Role.ROUTER).backend("http://127.0.0.1:8000/v1", "its /model/info"));
        loop.start();
        next();
        Snapshot second = next();
        assertThat(second.engine(ROUTER).orElseThrow().serving().backends()).containsExactly(ENGINE);
        assertThat(rate(second.engine(ROUTER).orElseThrow())).isCloseTo(1_000, within(1e-6));
        assertThat(second.totals()
                        .figures()
                        .number(Metric.GENERATION_TOKENS_PER_SECOND)
                        .orElseThrow())
                .isCloseTo(1_000, within(1e-6));
        assertThat(second.totals().figures().number(Metric.RUNNING)).hasValue(3.0);
    }

    @Test
    void connectionsOfItsProcessesTellWhatIsBehindIt() throws InterruptedException {
        describe(Description.builder().role(Role.ROUTER).state(State.BLOCKED));
        fake.connections = new Connections(List.of(new Connection(40, "127.0.0.1", 8000, true)), Set.of());
        loop.start();
        next();
        EngineSnapshot router = next().engine(ROUTER).orElseThrow();
        assertThat(router.serving().backends()).containsExactly(ENGINE);
        assertThat(router.findings().evidence())
                .contains(Evidence.supporting(
                        "relation", "behind it is 127.0.0.1:8000: pid 40 was connected to 127.0.0.1 port 8000"));
    }

    @Test
    void whatIsOnAnotherMachineIsNamedAndNeverAsked() throws InterruptedException {
        describe(Description.builder()
                .role(Role.ROUTER)
                .backend("http://192.0.2.1:8000", "its /workers")
                .backend("http://gpu2.invalid:8000", "its /workers")
                .remoteBackend("anthropic", "claude"));
        loop.start();
        next();
        Snapshot second = next();
        EngineSnapshot router = second.engine(ROUTER).orElseThrow();
        assertThat(router.serving().remoteBackends())
                .containsExactly(
                        new RemoteBackend("anthropic", "claude"),
                        new RemoteBackend("192.0.2.1:8000", ""),
                        new RemoteBackend("gpu2.invalid:8000", ""));
        assertThat(router.serving().backends()).isEmpty();
        assertThat(second.engines()).hasSize(2);
        assertThat(fake.targets.keySet()).allMatch(endpoint -> endpoint.id().startsWith("127.0.0.1:"));
    }

    private void describe(Description.Builder description) {
        fake.descriptions.put(ROUTER, engine -> Value.of(description.build()));
    }

    private static double rate(EngineSnapshot engine) {
        return engine.measured()
                .metrics()
                .number(Metric.GENERATION_TOKENS_PER_SECOND)
                .orElseThrow();
    }

    /** Exactly 1000 tokens for each second of its stamps. */
    private static Function<Engine, Value<Reading>> counting() {
        long origin = System.nanoTime();
        return engine -> {
            Stamp stamp = Stamp.now();
            return Value.of(Made.generated(stamp, (stamp.nanos() - origin) / 1e6));
        };
    }

    private Snapshot next() throws InterruptedException {
        Snapshot snapshot = snapshots.poll(20, TimeUnit.SECONDS);
        assertThat(snapshot).isNotNull();
        return snapshot;
    }
}
