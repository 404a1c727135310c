// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static dev.llmtop.spi.Strength.GENERIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmtop.agent.Adapters.Guarded;
import dev.llmtop.agent.Adapters.Status;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Probe;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdapterRegistryTest {
    private static final Candidate CANDIDATE =
            new Candidate(Endpoint.tcp("127.0.0.1", 9), true, Optional.empty(), List.of(), Set.of());

    private final EngineServer server = EngineServer.start();
    private final Probe probe = LocalProbe.to(server, "/a");
    private final AdapterRegistry registry = new AdapterRegistry(
            new CallLimits(Duration.ofMillis(600), Duration.ofSeconds(3), Duration.ofSeconds(10), 2, 5));

    @AfterEach
    void close() {
        registry.close();
        server.close();
    }

    @Test
    void ofOneKindTheHighestRankingWorksAndOfEqualOnesTheOldest() {
        add(3, ok("toy").ranking(1));
        add(2, ok("toy").ranking(1));
        add(1, ok("toy"));
        add(4, ok("other"));

        assertThat(registry.working())
                .extracting(guard -> guard.descriptor().origin().serviceId())
                .containsExactly(2L, 4L);
        assertThat(registry.statuses())
                .extracting(Status::state)
                .containsExactly("active", "shadowed", "active", "shadowed");

        registry.remove(2);
        assertThat(registry.find("toy").orElseThrow().descriptor().origin().serviceId())
                .isEqualTo(3);
    }

    @Test
    void theGenerationGrowsWithEachChangeOfWhatWorksOnly() {
        long before = registry.generation();
        add(1, ok("toy").ranking(1));
        add(2, ok("toy"));

        assertThat(registry.generation()).isEqualTo(before + 1);
        registry.remove(2);
        assertThat(registry.generation()).isEqualTo(before + 1);
        registry.remove(1);
        assertThat(registry.generation()).isEqualTo(before + 2);
    }

    @Test
    void anAdapterThatDeclaresAWildcardIsRefusedWithOneLine() {
        add(1, ok("toy").paths("/*"));

        assertThat(registry.working()).isEmpty();
        assertThat(registry.statuses()).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo("refused");
            assertThat(status.kind()).isEqualTo("?");
            assertThat(status.detail()).contains("wildcard");
        });
        assertThat(registry.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).contains("bundle 1", "refused", "/*"));
        registry.remove(1);
        assertThat(registry.problems()).isEmpty();
    }

    @Test
    void fiveFaultsInARowSwitchOffAndEnableSwitchesOn() {
        AtomicBoolean good = new AtomicBoolean();
        Guarded guard = add(1, new ToyAdapter("toy", (candidate, asked) -> {
            if (good.get()) {
                return Match.none();
            }
            throw new LinkageError("no\nclass");
        }));
        for (int call = 0; call < 4; call++) {
            assertThat(guard.detect(CANDIDATE, probe).missing().orElseThrow().reason())
                    .isEqualTo(Reason.MALFORMED);
        }
        good.set(true);
        assertThat(guard.detect(CANDIDATE, probe).known()).isPresent();
        assertThat(registry.problems()).isEmpty();
        good.set(false);
        long generation = registry.generation();
        for (int call = 0; call < 5; call++) {
            guard.detect(CANDIDATE, probe);
        }

        assertThat(registry.working()).isEmpty();
        assertThat(registry.generation()).isEqualTo(generation + 1);
        assertThat(registry.statuses().get(0).state()).isEqualTo("disabled");
        assertThat(registry.problems().get(0).detail()).contains("5 faults in a row", "LinkageError: no class");
        assertThat(guard.detect(CANDIDATE, probe).missing().orElseThrow().reason())
                .isEqualTo(Reason.DISABLED);

        assertThat(registry.enable("nobody")).isFalse();
        assertThat(registry.enable("toy")).isTrue();
        assertThat(registry.enable("toy")).isFalse();
        assertThat(registry.find("toy")).isPresent();
        good.set(true);
        assertThat(guard.detect(CANDIDATE, probe).known()).isPresent();
    }

    @Test
    void nothingReturnedIsAFault() {
        Guarded guard = add(1, new ToyAdapter("toy", (candidate, asked) -> null));

        assertThat(guard.detect(CANDIDATE, probe)).isInstanceOf(Value.Unavailable.class);
        assertThat(registry.problems().get(0).detail()).contains("detect returned nothing");
    }

    @Test
    void aHostileExceptionIsOneCleanLine() {
        Guarded guard = add(1, new ToyAdapter("toy", (candidate, asked) -> {
            throw new HostileException();
        }));

        assertThat(guard.detect(CANDIDATE, probe).missing().orElseThrow().detail())
                .contains("HostileException");
    }

    @Test
    void deepRecursionIsAFaultOfTheAdapter() {
        Guarded guard = add(1, new ToyAdapter("toy", AdapterRegistryTest::deeper));

        assertThat(guard.detect(CANDIDATE, probe).missing().orElseThrow().detail())
                .contains("StackOverflowError");
    }

    @Test
    void twoHangsSwitchOffInterruptTheThreadAndNeverUseItAgain() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(2);
        List<Thread> used = java.util.Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean hang = new AtomicBoolean(true);
        Guarded guard = add(1, new ToyAdapter("toy", (candidate, asked) -> {
            used.add(Thread.currentThread());
            while (hang.get()) {
                try {
                    TimeUnit.HOURS.sleep(1);
                } catch (InterruptedException stop) {
                    interrupted.countDown();
                    return Match.none();
                }
            }
            return Match.none();
        }));

        assertThat(guard.detect(CANDIDATE, probe).missing().orElseThrow().reason())
                .isEqualTo(Reason.TIMED_OUT);
        assertThat(registry.find("toy")).isPresent();
        guard.detect(CANDIDATE, probe);
        assertThat(registry.find("toy")).isEmpty();
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();

        hang.set(false);
        registry.enable("toy");
        await().atMost(Duration.ofSeconds(5)).until(() -> used.stream().noneMatch(Thread::isAlive));
        assertThat(guard.detect(CANDIDATE, probe).known()).isPresent();
        assertThat(used).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void anAbandonedCallSendsNothingAnyMore() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        AtomicReference<Integer> status = new AtomicReference<>();
        Guarded guard = add(1, new ToyAdapter("toy", (candidate, asked) -> {
            boolean waited = false;
            while (!waited) {
                try {
                    waited = mayGoOn.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException ignored) {
                    // A stubborn adapter.
                }
            }
            status.set(asked.get(Get.of("/a")).status());
            over.countDown();
            return Match.none();
        }));
        guard.detect(CANDIDATE, probe);
        mayGoOn.countDown();

        assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(status.get()).isZero();
        assertThat(server.connections()).isZero();
    }

    @Test
    void aSlowServerIsNoHang() {
        CountDownLatch slow = new CountDownLatch(1);
        server.answer("/a", dev.llmtop.testkit.CannedAnswer.json("{}").after(slow));
        Guarded guard = add(1, new ToyAdapter("toy", (candidate, asked) -> {
            asked.get(Get.of("/a"));
            return Match.of(GENERIC).build();
        }));
        Thread opener = new Thread(() -> {
            await().pollDelay(Duration.ofMillis(1_500)).until(() -> true);
            slow.countDown();
        });
        opener.start();

        assertThat(guard.detect(CANDIDATE, probe).known()).isPresent();
    }

    @Test
    void anInterruptedCallerIsNoFaultOfTheAdapter() {
        Guarded guard = add(1, new ToyAdapter("toy", (candidate, asked) -> {
            await().atMost(Duration.ofSeconds(5)).until(() -> false);
            return Match.none();
        }));
        Thread.currentThread().interrupt();

        assertThat(guard.detect(CANDIDATE, probe)).isInstanceOf(Value.Unavailable.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(registry.problems()).isEmpty();
    }

    @Test
    void nothingHoldsAnAdapterThatIsGone() {
        ThreadLocal<Object> local = new ThreadLocal<>();
        Object[] kept = {new Object()};
        WeakReference<Object> left = new WeakReference<>(kept[0]);
        Object only = kept[0];
        kept[0] = null;
        AtomicReference<ToyAdapter> adapter = new AtomicReference<>(new ToyAdapter("toy", leaving(local, only)));
        only = null;
        Guarded guard = add(1, adapter.get());
        guard.detect(CANDIDATE, probe);
        WeakReference<ToyAdapter> gone = new WeakReference<>(adapter.getAndSet(null));

        registry.remove(1);

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return gone.get() == null && left.get() == null;
        });
        assertThat(guard.detect(CANDIDATE, probe).missing().orElseThrow().detail())
                .contains("gone");
        assertThat(local.get()).isNull();
    }

    @Test
    void threadsEndWithTheRegistry() {
        Guarded guard = add(1, ok("leaver"));
        guard.detect(CANDIDATE, probe);
        registry.close();

        await().atMost(Duration.ofSeconds(5))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("llmtop-adapter-leaver")));
    }

    private static BiFunction<Candidate, Probe, Match> leaving(ThreadLocal<Object> local, Object value) {
        return (candidate, asked) -> {
            local.set(value);
            return Match.none();
        };
    }

    @SuppressWarnings("InfiniteRecursion") // what is tested
    private static Match deeper(Candidate candidate, Probe asked) {
        Match match = deeper(candidate, asked);
        return Match.of(match.strength()).build();
    }

    private static ToyAdapter ok(String kind) {
        return new ToyAdapter(kind, (candidate, asked) -> Match.none());
    }

    private Guarded add(long id, ToyAdapter adapter) {
        Map<String, Object> properties = new HashMap<>(adapter.properties);
        properties.put("service.id", id);
        registry.add(id, adapter, properties, "bundle 1");
        String kind = String.valueOf(properties.get("llmtop.kind"));
        return registry.find(kind).orElse(null);
    }

    private static final class HostileException extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message either");
        }
    }
}
