// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Probes.Permit;
import dev.llmtop.agent.Probes.Target;
import dev.llmtop.probe.HttpProbes;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Match;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.TestedAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** However many adapters look at an engine at once, each of its paths is asked once. */
class SameAnswerTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration HELD = Duration.ofSeconds(30);

    @Test
    void allAdaptersAtOnceShareOneAnswerOfEachPath() throws Exception {
        List<ShippedAdapter> shipped = ShippedAdapter.all();
        CountDownLatch allThere = new CountDownLatch(shipped.size());
        ExecutorService threads = Executors.newFixedThreadPool(shipped.size());
        try (EngineServer server = EngineServer.start();
                HttpProbes probes = new HttpProbes("test", LIMIT, shipped.size(), Map.of())) {
            server.otherwise(CannedAnswer.json("{\"version\":\"1\",\"object\":\"list\",\"data\":[{\"id\":\"m\","
                    + "\"owned_by\":\"vllm\",\"max_model_len\":8}]}"));
            Candidate candidate = TestedAdapter.stranger(server.endpoint());
            List<Future<Match>> matches = new ArrayList<>();
            for (ShippedAdapter one : shipped) {
                Set<String> paths = one.descriptor().paths();
                Permit permit = new Permit(paths, paths, Set.of(), HELD, LIMIT, false);
                matches.add(threads.submit(() -> {
                    allThere.countDown();
                    allThere.await();
                    Target target = new Target(server.endpoint(), List.of(), "", List.of());
                    return one.adapter().detect(candidate, probes.open(target, permit));
                }));
            }
            for (Future<Match> match : matches) {
                match.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
            assertThat(server.paths())
                    .as("asked by all adapters together")
                    .doesNotHaveDuplicates()
                    .contains("/v1/models", "/version", "/api/version", "/props", "/engines");
        } finally {
            threads.shutdownNow();
        }
    }
}
