// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.EventKind;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.rates.Rates;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.RateDeriver;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole agent on real threads, with the other bundles played by hand. */
@Timeout(60)
class AgentLoopTest {
    private static final String FAST = "127.0.0.1:8000";
    private static final String SLOW = "127.0.0.1:8001";

    private final Fake fake = new Fake();
    private final Attachments attachments = new Attachments();
    private final BlockingQueue<Snapshot> snapshots = new LinkedBlockingQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private AgentLoop loop;

    @BeforeEach
    void prepare() {
        attachments.add(1, new Rates());
        fake.found = List.of(Made.vllm(8000));
        fake.metrics.put(FAST, counting());
        loop = new AgentLoop(fake.services(), settings(Duration.ofMillis(200)), attachments);
        loop.addListener(2, snapshots::add);
    }

    @AfterEach
    void stop() {
        release.countDown();
        loop.stop();
    }

    @Test
    void beforeTheFirstTickTheLatestSnapshotIsEmptyAndScanning() {
        assertThat(loop.latest().agent().scanning()).isTrue();
        assertThat(loop.latest().engines()).isEmpty();
        assertThat(loop.latest().agent().version()).isEqualTo("0.1.0");
        assertThat(loop.latest().totals().figures().asMap()).isEmpty();
    }

    @Test
    void theFirstSnapshotHasFiguresAndTheSecondHasRates() {
        loop.start();
        EngineSnapshot first = next(any()).engine(FAST).orElseThrow();
        assertThat(first.measured().metrics().number(Metric.RUNNING)).hasValue(3.0);
        assertThat(first.measured().metrics().missing(Metric.GENERATION_TOKENS_PER_SECOND))
                .hasValueSatisfying(missing -> assertThat(missing.reason()).isEqualTo(Reason.NO_SAMPLE_YET));
        Snapshot second = next(any());
        assertThat(tokensPerSecond(second)).isCloseTo(1_000, within(1e-6));
        assertThat(second.totals().figures().number(Metric.GENERATION_TOKENS_PER_SECOND))
                .hasValueSatisfying(sum -> assertThat(sum).isCloseTo(1_000, within(1e-6)));
        assertThat(second.totals().figures().get(Metric.WAITING)).isEmpty();
        assertThat(second.totals().partial()).isEmpty();
    }

    @Test
    void ticksFollowEachOtherAtTheirRateAndNeverInABurst() {
        loop.start();
        Snapshot first = next(any());
        Snapshot later = first;
        for (int at = 0; at < 4; at++) {
            later = next(any());
        }
        assertThat(Duration.between(first.time(), later.time())).isGreaterThan(Duration.ofMillis(500));
    }

    @Test
    void aSlowEngineKeepsItsLastFiguresWithTheirAgeAndHoldsUpNobody() {
        AtomicInteger calls = new AtomicInteger();
        fake.found = List.of(Made.vllm(8000), Made.vllm(8001));
        fake.metrics.put(SLOW, engine -> {
            if (calls.getAndIncrement() > 0) {
                awaitRelease();
            }
            return Value.of(Made.generated(Stamp.now(), 5));
        });
        loop.start();
        next(any());
        Snapshot later = next(snapshot -> age(snapshot, SLOW) > 1.5);
        assertThat(later.engine(SLOW).orElseThrow().measured().metrics().number(Metric.RUNNING))
                .hasValue(3.0);
        assertThat(age(later, FAST)).isLessThan(age(later, SLOW));
        assertThat(tokensPerSecond(later)).isCloseTo(1_000, within(1e-6));
        assertThat(calls).as("never two scrapes of one engine at once").hasValue(2);
        release.countDown();
        Snapshot fresh = next(snapshot -> age(snapshot, SLOW) < 1);
        assertThat(fresh.engine(SLOW).orElseThrow().identity().state()).isEqualTo(State.READY);
    }

    @Test
    void anEngineThatHangsFromTheStartShowsAReasonAndTheOthersTheirFigures() {
        fake.found = List.of(Made.vllm(8000), Made.vllm(8001));
        fake.metrics.put(SLOW, engine -> {
            awaitRelease();
            return Value.of(Made.generated(Stamp.now(), 5));
        });
        loop.start();
        Snapshot snapshot = next(any());
        assertThat(snapshot.engine(FAST).orElseThrow().measured().metrics().number(Metric.RUNNING))
                .hasValue(3.0);
        EngineSnapshot hanging = snapshot.engine(SLOW).orElseThrow();
        assertThat(hanging.measured().metrics().asMap()).isEmpty();
        assertThat(hanging.measured().freshness()).isEmpty();
        assertThat(hanging.findings().unavailable().get("metrics").reason()).isEqualTo(Reason.NO_SAMPLE_YET);
        assertThat(snapshot.totals().partial()).contains(Metric.RUNNING);
        release.countDown();
        next(later -> later.engine(SLOW).orElseThrow().measured().freshness().isPresent());
    }

    @Test
    void aScrapeThatFailsLeavesTheLastFiguresAndSaysSo() {
        AtomicInteger calls = new AtomicInteger();
        fake.metrics.put(
                FAST,
                engine -> Value.of(
                        calls.getAndIncrement() == 0
                                ? Made.generated(Stamp.now(), 5)
                                : Made.silent(Stamp.now(), Reason.UNREACHABLE)));
        loop.start();
        next(any());
        Snapshot after = next(snapshot -> state(snapshot) == State.UNREACHABLE);
        assertThat(after.engine(FAST).orElseThrow().measured().metrics().number(Metric.RUNNING))
                .hasValue(3.0);
        assertThat(after.findings().events()).extracting(Snapshot.Event::kind).contains(EventKind.ENGINE_UNREACHABLE);
        assertThat(after.findings().events())
                .extracting(Snapshot.Event::detail)
                .contains("unreachable: connection refused; it was ready");
        assertThat(after.totals().figures().number(Metric.RUNNING)).isEmpty();
    }

    @Test
    void anotherProcessAtTheAddressIsARestartAndCountersStartAnew() {
        start(10);
        loop.start();
        next(any());
        next(snapshot -> snapshot.engine(FAST)
                .orElseThrow()
                .measured()
                .metrics()
                .number(Metric.GENERATION_TOKENS_PER_SECOND)
                .isPresent());
        start(11);
        Snapshot after = next(snapshot ->
                snapshot.findings().events().stream().anyMatch(event -> event.kind() == EventKind.ENGINE_RESTARTED));
        assertThat(after.engine(FAST).orElseThrow().measured().metrics().missing(Metric.GENERATION_TOKENS_PER_SECOND))
                .isPresent();
        assertThat(fake.forgotten).containsExactly(Made.vllm(8000).candidate().endpoint());
    }

    @Test
    void enginesThatComeAndGoAreEvents() {
        loop.start();
        assertThat(next(any()).findings().events())
                .extracting(Snapshot.Event::kind)
                .containsExactly(EventKind.ENGINE_APPEARED);
        fake.found = List.of();
        Snapshot after = next(snapshot -> snapshot.engines().isEmpty());
        assertThat(after.findings().events()).extracting(Snapshot.Event::kind).containsExactly(EventKind.ENGINE_GONE);
        assertThat(after.totals().figures().asMap()).isEmpty();
    }

    @Test
    void anAdapterThatComesIsAnEventAndDescribesAnew() {
        loop.start();
        next(any());
        int before = fake.described.get();
        fake.kinds = List.of("vllm", "unknown", "tgi");
        fake.generation = 2;
        Snapshot after = next(snapshot -> !snapshot.findings().events().isEmpty());
        assertThat(after.findings().events()).extracting(Snapshot.Event::kind).containsExactly(EventKind.ADAPTER_ADDED);
        await().untilAsserted(() -> assertThat(fake.described.get()).isGreaterThan(before));
        fake.kinds = List.of("vllm", "unknown");
        next(snapshot ->
                snapshot.findings().events().stream().anyMatch(event -> event.kind() == EventKind.ADAPTER_REMOVED));
    }

    @Test
    void aListenerThatThrowsIsNamedAndCostsNobodyElse() {
        loop.addListener(3, snapshot -> {
            throw new IllegalStateException("boom");
        });
        loop.start();
        Snapshot named = next(snapshot -> snapshot.findings().problems().stream()
                .anyMatch(problem -> problem.source().equals("listener")));
        assertThat(named.findings().problems())
                .anySatisfy(problem -> assertThat(problem.detail()).contains("boom"));
        loop.removeListener(3);
        next(snapshot -> snapshot.findings().problems().stream()
                .noneMatch(problem -> problem.source().equals("listener")));
    }

    @Test
    void aLateListenerGetsTheLatestSnapshotAtOnce() {
        loop.stop();
        loop = new AgentLoop(fake.services(), settings(Duration.ofHours(1)), attachments);
        loop.start();
        await().until(() -> !loop.latest().engines().isEmpty());
        loop.addListener(4, snapshots::add);
        assertThat(next(any())).isSameAs(loop.latest());
    }

    @Test
    void rediscoveryForgetsNegativesAndTicksAtOnce() {
        loop.stop();
        loop = new AgentLoop(fake.services(), settings(Duration.ofHours(1)), attachments);
        loop.addListener(4, snapshots::add);
        loop.start();
        next(any());
        loop.rediscover();
        next(any());
        assertThat(fake.negativesForgotten).hasValue(1);
        assertThat(fake.scenes)
                .extracting(scene -> scene.budget())
                .containsExactly(Duration.ofSeconds(3), Duration.ofMillis(100));
    }

    @Test
    void scanningEndsWithTheFirstCompleteDiscovery() {
        fake.complete = false;
        loop.start();
        assertThat(next(any()).agent().scanning()).isTrue();
        fake.complete = true;
        next(snapshot -> !snapshot.agent().scanning());
        fake.complete = false;
        next(any());
        assertThat(next(any()).agent().scanning()).isFalse();
    }

    @Test
    void withoutADeriverRatesSayWhyAndTheHistoryIsKept() {
        attachments.removeRateDeriver(1);
        loop.start();
        next(any());
        Snapshot without = next(any());
        assertThat(without.engine(FAST)
                        .orElseThrow()
                        .measured()
                        .metrics()
                        .missing(Metric.GENERATION_TOKENS_PER_SECOND)
                        .orElseThrow()
                        .detail())
                .isEqualTo("no rate deriver is installed");
        attachments.add(9, new Rates());
        Snapshot with = next(snapshot -> snapshot.engine(FAST)
                .orElseThrow()
                .measured()
                .metrics()
                .number(Metric.GENERATION_TOKENS_PER_SECOND)
                .isPresent());
        assertThat(tokensPerSecond(with)).isCloseTo(1_000, within(1e-6));
    }

    @Test
    void aDeriverThatThrowsCostsRatesOnly() {
        attachments.removeRateDeriver(1);
        attachments.add(9, (RateDeriver) window -> {
            throw new IllegalStateException("no rates today");
        });
        loop.start();
        Snapshot snapshot = next(any());
        assertThat(snapshot.engine(FAST).orElseThrow().measured().metrics().number(Metric.RUNNING))
                .hasValue(3.0);
        assertThat(snapshot.findings().problems())
                .contains(new Snapshot.Problem("rates", "failed: IllegalStateException: no rates today"));
    }

    @Test
    void aDiscoveryThatThrowsLeavesTheEnginesThatWereKnown() {
        loop.start();
        next(any());
        fake.discoveryFault = new IllegalStateException("boom");
        Snapshot after = next(snapshot -> snapshot.findings().problems().stream()
                .anyMatch(problem -> problem.source().equals("discovery")));
        assertThat(after.engine(FAST)).isPresent();
    }

    @Test
    void withoutAGpuSourceAProblemSaysSo() {
        loop.start();
        Snapshot snapshot = next(any());
        assertThat(snapshot.machine().gpus()).isEmpty();
        assertThat(snapshot.findings().problems())
                .containsExactly(new Snapshot.Problem("gpu", "no GPU source is installed"));
    }

    @Test
    void itsThreadsEndWithinASecond() {
        fake.found = List.of(Made.vllm(8000), Made.vllm(8001));
        fake.metrics.put(SLOW, engine -> {
            awaitRelease();
            return Value.unavailable(Reason.TIMED_OUT, "late");
        });
        loop.addListener(3, snapshot -> awaitRelease());
        loop.start();
        next(any());
        long began = System.nanoTime();
        loop.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().startsWith("llmtop-")));
    }

    static Settings settings(Duration interval) {
        return new Settings("0.1.0", interval, Duration.ofSeconds(60), true, false);
    }

    /** Exactly 1000 tokens for each second of its stamps. */
    private static Function<Engine, Value<Reading>> counting() {
        AtomicLong origin = new AtomicLong(System.nanoTime());
        return engine -> {
            Stamp stamp = Stamp.now();
            return Value.of(Made.generated(stamp, (stamp.nanos() - origin.get()) / 1e6));
        };
    }

    private void start(long pid) {
        var process = Made.process(pid, 1, 0, 100, "vllm", "serve");
        fake.processes = Map.of(pid, process);
        fake.found = List.of(Made.vllm(8000, process));
    }

    private void awaitRelease() {
        try {
            assertThat(release.await(50, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static Predicate<Snapshot> any() {
        return snapshot -> true;
    }

    private Snapshot next(Predicate<Snapshot> wanted) {
        try {
            for (long end = System.nanoTime() + Duration.ofSeconds(20).toNanos(); System.nanoTime() < end; ) {
                Snapshot snapshot = snapshots.poll(20, TimeUnit.SECONDS);
                if (snapshot != null && wanted.test(snapshot)) {
                    return snapshot;
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("no such snapshot came; the latest is " + loop.latest());
    }

    private static double tokensPerSecond(Snapshot snapshot) {
        return snapshot.engine(FAST)
                .orElseThrow()
                .measured()
                .metrics()
                .number(Metric.GENERATION_TOKENS_PER_SECOND)
                .orElseThrow();
    }

    private static double age(Snapshot snapshot, String id) {
        return snapshot.engine(id)
                .flatMap(engine -> engine.measured().freshness())
                .map(EngineSnapshot.Freshness::ageSeconds)
                .orElse(0.0);
    }

    private static State state(Snapshot snapshot) {
        return snapshot.engine(FAST).orElseThrow().identity().state();
    }
}
