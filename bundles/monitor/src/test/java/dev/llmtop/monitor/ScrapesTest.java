// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Discovery.Access;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.Probes.Target;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Strength;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScrapesTest {
    private static final String ID = "127.0.0.1:8000";

    private final Fake fake = new Fake();
    private final Engines engines = new Engines(Duration.ofSeconds(60), fake);
    private final ExecutorService workers = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    @Test
    void theDescriptionComesBeforeTheFirstFiguresAndAfterLaterOnes() {
        List<String> calls = new CopyOnWriteArrayList<>();
        fake.descriptions.put(ID, engine -> {
            calls.add("describe");
            return Value.of(Description.builder().state(State.READY).build());
        });
        fake.metrics.put(ID, engine -> {
            calls.add("metrics, described " + engine.description().isPresent());
            return Value.of(Made.generated(Made.at(1), 1));
        });
        scrape(Made.vllm(8000));
        fake.generation = 2;
        scrape(Made.vllm(8000));
        assertThat(calls).containsExactly("describe", "metrics, described true", "metrics, described true", "describe");
    }

    @Test
    void anEngineThatCannotBeDescribedIsScrapedAllTheSame() {
        fake.descriptions.put(ID, engine -> Value.unavailable(Reason.TIMED_OUT, "late"));
        fake.metrics.put(ID, engine -> Value.of(Made.generated(Made.at(1), 1)));
        scrape(Made.vllm(8000));
        assertThat(engines.memory(ID).view().window()).hasSize(1);
        assertThat(engines.memory(ID).view().undescribed()).isPresent();
    }

    @Test
    void aKeyMayGoOnlyWhereDiscoverySaysSo() {
        scrape(Made.vllm(8000));
        assertThat(fake.permits.get(Endpoint.tcp("127.0.0.1", 8000)).key()).isFalse();
        Found found = Made.vllm(8001);
        scrape(new Found(
                found.kind(),
                found.title(),
                found.candidate(),
                found.match(),
                found.state(),
                found.processes(),
                found.evidence(),
                new Access(List.of(), true)));
        assertThat(fake.permits.get(Endpoint.tcp("127.0.0.1", 8001)).key()).isTrue();
        assertThat(fake.permits.get(Endpoint.tcp("127.0.0.1", 8001)).declared()).containsExactly("/metrics");
    }

    @Test
    void everyRequestOfAScrapeHasTheDeadlineThatTheUserSet() {
        scrape(Made.vllm(8000));
        assertThat(fake.permits.get(Endpoint.tcp("127.0.0.1", 8000)).deadline())
                .isEqualTo(fake.timeout())
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void filesOfARelativeNameStandInTheDirectoryOfTheProcess() {
        Optional<ProcessEntry> main = Optional.of(Made.process(77, 1, 0, 0, "litellm", "--config", "c.yaml"));
        scrape(Made.found("vllm", 8000, State.READY, main));
        Target target = fake.targets.get(Endpoint.tcp("127.0.0.1", 8000));
        assertThat(target.directory()).isEqualTo("/proc/77/cwd");
        assertThat(target.arguments()).containsExactly("litellm", "--config", "c.yaml");
        scrape(Made.found("vllm", 8001, State.READY, Optional.empty()));
        assertThat(fake.targets.get(Endpoint.tcp("127.0.0.1", 8001)).directory())
                .isEmpty();
    }

    @Test
    void whatDoesNotListenOrHasNoAdapterIsNotAsked() {
        assertThat(begin(
                        Made.found(
                                "vllm", Made.candidate(8000, false), Strength.HINTED, State.LOADING, Optional.empty()),
                        Made.found("", 8001, State.IDENTIFYING, Optional.empty()),
                        Made.found("tgi", 8002, State.READY, Optional.empty())))
                .isZero();
        assertThat(fake.permits).isEmpty();
    }

    @Test
    void anAdapterThatThrowsInSpiteOfItsGuardIsAFailureOfThisEngine() {
        fake.metrics.put(ID, engine -> {
            throw new IllegalStateException("boom");
        });
        scrape(Made.vllm(8000));
        assertThat(engines.memory(ID).view().failure().orElseThrow().why().detail())
                .contains("boom");
        assertThat(engines.memory(ID).begin(System.nanoTime(), 0))
                .as("and it can be scraped again")
                .isPresent();
    }

    @Test
    void whereNoWorkerIsFreeTheEngineIsLeftForTheNextTick() {
        ThreadPoolExecutor none =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), (task, pool) -> {
                    throw new RejectedExecutionException("full");
                });
        none.shutdown();
        Found found = Made.vllm(8000);
        engines.update(List.of(found), Made.pass(0), 0);
        assertThat(new Scrapes(fake.services(), engines, none, new Interval(Duration.ZERO))
                        .begin(List.of(found), Set.of()))
                .isEmpty();
        assertThat(engines.memory(ID).begin(System.nanoTime(), 0)).isPresent();
    }

    @Test
    void aProxyIsScrapedTwiceAndThenSeldom() {
        Found proxy = Made.vllm(8000);
        engines.update(List.of(proxy), Made.pass(0), 0);
        AtomicInteger read = new AtomicInteger();
        fake.metrics.put(ID, engine -> Value.of(Made.generated(Stamp.now(), read.incrementAndGet())));
        Scrapes scrapes = new Scrapes(fake.services(), engines, workers, new Interval(Duration.ZERO));
        for (int tick = 0; tick < 4; tick++) {
            Scrapes.await(scrapes.begin(List.of(proxy), Set.of(ID)), Duration.ofSeconds(30));
        }
        assertThat(read).hasValue(2);
        Scrapes.await(scrapes.begin(List.of(proxy), Set.of()), Duration.ofSeconds(30));
        assertThat(read).as("as any engine once it is none").hasValue(3);
    }

    private int begin(Found... found) {
        engines.update(List.of(found), Made.pass(0), 0);
        return new Scrapes(fake.services(), engines, workers, new Interval(Duration.ZERO))
                .begin(List.of(found), Set.of())
                .size();
    }

    private void scrape(Found found) {
        engines.update(List.of(found), Made.pass(0), 0);
        Scrapes scrapes = new Scrapes(fake.services(), engines, workers, new Interval(Duration.ZERO));
        Scrapes.await(scrapes.begin(List.of(found), Set.of()), Duration.ofSeconds(30));
    }
}
