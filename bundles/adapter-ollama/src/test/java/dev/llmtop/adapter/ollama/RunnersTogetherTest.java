// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.spi.Member;
import dev.llmtop.spi.Reading;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.ClockedProbe;
import dev.llmtop.testkit.EngineServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several runners are asked in one tick and left alone for a few, and a reading is of the moment in which they were asked. */
class RunnersTogetherTest {
    private final OllamaAdapter adapter = new OllamaAdapter();
    private final EngineServer server = EngineServer.start();
    private final List<EngineServer> runners = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();

    @AfterEach
    void close() {
        server.close();
        runners.forEach(EngineServer::close);
    }

    /** A server with this many models, each of another context, whose runners decode ten tokens from answer to answer. */
    private ClockedProbe generating(int models) {
        StringBuilder loaded = new StringBuilder();
        for (int at = 0; at < models; at++) {
            AtomicInteger decoded = new AtomicInteger();
            EngineServer runner = EngineServer.start()
                    .compute(
                            "/slots",
                            unused -> CannedAnswer.json("[{\"id\":0,\"id_task\":1,\"is_processing\":true,"
                                    + "\"next_token\":[{\"n_decoded\":" + decoded.addAndGet(10) + "}]}]"));
            runners.add(runner);
            int context = 1_024 * (at + 1);
            members.add(new Member(
                    runner.endpoint(),
                    Ollama.launch(
                            20 + at,
                            Map.of(),
                            "/usr/lib/ollama/llama-server",
                            "--model",
                            "/m/blobs/sha256-" + "abcdef012345" + at,
                            "-c",
                            "" + context)));
            loaded.append(at == 0 ? "" : ",")
                    .append("{\"name\":\"m" + at + ":latest\",\"model\":\"m" + at + ":latest\",\"context_length\":"
                            + context + ",\"size\":1,\"size_vram\":1,\"details\":{}}");
        }
        server.answer("/api/ps", CannedAnswer.json("{\"models\":[" + loaded + "]}"))
                .answer("/api/tags", CannedAnswer.json("{\"models\":[]}"));
        return ClockedProbe.over(Ollama.probe(server, members.toArray(Member[]::new)));
    }

    private Reading tick(ClockedProbe probe) {
        probe.advance(Duration.ofSeconds(1));
        return adapter.metrics(Ollama.engine(Ollama.hinted(server.endpoint(), Map.of())), probe);
    }

    @Test
    void oneRunnerIsAskedAtEveryTick() {
        ClockedProbe probe = generating(1);
        for (int at = 1; at <= 6; at++) {
            assertThat(Ollama.generated(tick(probe))).isEqualTo(10.0 * at);
        }
    }

    @Test
    void ofSeveralEitherAllAreNewOrNone() {
        ClockedProbe probe = generating(4);
        Reading before = tick(probe);
        int moments = 1;
        for (int at = 2; at <= 12; at++) {
            Reading now = tick(probe);
            if (Ollama.generated(now) > Ollama.generated(before)) {
                moments++;
                assertThat(Ollama.generated(now)).isEqualTo(40.0 * moments);
            } else {
                // Also where the list of models was asked anew: else this would be a sample in which nothing was
                // generated.
                assertThat(now.stamp().secondsSince(before.stamp())).isLessThanOrEqualTo(0);
            }
            before = now;
        }
        assertThat(moments).as("at the ticks 1, 4, 7 and 10").isEqualTo(4);
        assertThat(server.paths()).filteredOn("/api/ps"::equals).hasSizeGreaterThan(2);
    }
}
