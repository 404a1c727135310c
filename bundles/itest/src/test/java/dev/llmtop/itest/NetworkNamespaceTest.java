// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static dev.llmtop.itest.Container.engine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.testkit.EngineProcess;
import dev.llmtop.testkit.FakeVllm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine in a network namespace of its own, as in a container: root's, read by root and by nobody. */
class NetworkNamespaceTest {
    private static final String NAME = "llmtop-test-" + ProcessHandle.current().pid();
    private static final String OUTSIDE = "llt" + ProcessHandle.current().pid() % 100_000 + "o";
    private static final String ADDRESS = "10.213.77.2";
    private static final int PORT = 8123;

    @TempDir
    Path folder;

    private ScriptedEngine engine;

    @BeforeEach
    void start() throws Exception {
        Root.needs("ip", "setpriv");
        assumeTrue(Root.run("ip", "netns", "add", NAME), "skipped: no network namespace can be made here");
        String inside = OUTSIDE.replace('o', 'i');
        assumeTrue(
                Root.run("ip", "link", "add", OUTSIDE, "type", "veth", "peer", "name", inside, "netns", NAME),
                "skipped: no veth pair can be made here");
        Root.run("ip", "addr", "add", "10.213.77.1/30", "dev", OUTSIDE);
        Root.run("ip", "link", "set", OUTSIDE, "up");
        Root.run("ip", "-n", NAME, "addr", "add", ADDRESS + "/30", "dev", inside);
        Root.run("ip", "-n", NAME, "link", "set", "lo", "up");
        Root.run("ip", "-n", NAME, "link", "set", inside, "up");
        engine = ScriptedEngine.start(
                folder,
                List.of("ip", "netns", "exec", NAME),
                FakeVllm.class,
                List.of("serve", "inner-model", "--host", "0.0.0.0", "--port", "" + PORT),
                TransportTest.accepts(ADDRESS, PORT));
    }

    @AfterEach
    void stop() throws Exception {
        if (engine != null) {
            engine.close();
        }
        if ("root".equals(System.getProperty("user.name"))) {
            // The namespace lives on until its last process is reaped, and its link would with it.
            Root.run("ip", "link", "del", OUTSIDE);
            Root.run("ip", "netns", "del", NAME);
        }
    }

    @Test
    void isFoundAtItsOwnAddressByRootAndByAnyUser() throws Exception {
        check(new Program(folder).run("--json", "--no-gpu"), true);
        check(Root.asNobody(new Program(folder), folder, "--json --no-gpu"), false);
    }

    @Test
    void itsPublishedPortIsTheSameEngineAndIsNotAskedBesides() throws Exception {
        int published = EngineProcess.freePort();
        Path script = Files.writeString(
                folder.resolve("docker-proxy"), "#!/bin/sh\n\"$FAKE_JAVA\" -Xmx32m \"$FAKE_MAIN\" \"$@\"\n");
        try (ScriptedEngine proxy = ScriptedEngine.script(
                folder,
                List.of(
                        "sh",
                        script.toString(),
                        "-proto",
                        "tcp",
                        "-host-ip",
                        "127.0.0.1",
                        "-host-port",
                        "" + published,
                        "-container-ip",
                        ADDRESS,
                        "-container-port",
                        "" + PORT),
                PortForwarder.class,
                TransportTest.accepts("127.0.0.1", published))) {
            Path connections = folder.resolve("sh.out");
            // Whether it listens was tried by a connection, of which it tells.
            await().until(() -> Files.size(connections) > 0);
            String before = Files.readString(connections);
            for (Program.Result result : List.of(
                    new Program(folder).run("--json", "--no-gpu", "--port", "" + published),
                    Root.asNobody(new Program(folder), folder, "--json --no-gpu --port " + published))) {
                JsonNode snapshot = new SnapshotSchema().valid(result.out());
                assertThat(engine(snapshot, ADDRESS + ":" + PORT).path("alsoAt"))
                        .extracting(JsonNode::asText)
                        .containsExactly("127.0.0.1:" + published);
                assertThat(snapshot.path("engines"))
                        .extracting(row -> row.path("id").asText())
                        .doesNotContain("127.0.0.1:" + published);
            }
            assertThat(proxy.process().isAlive()).isTrue();
            assertThat(Files.readString(connections)).isEqualTo(before);
        }
    }

    private void check(Program.Result result, boolean root) throws Exception {
        assertThat(result.err()).isEmpty();
        JsonNode snapshot = new SnapshotSchema().valid(result.out());
        JsonNode row = engine(snapshot, ADDRESS + ":" + PORT);
        assertThat(row.path("kind").asText()).isEqualTo("vllm");
        assertThat(row.path("state").asText()).isEqualTo("ready");
        assertThat(row.path("process").path("pids"))
                .extracting(JsonNode::asLong)
                .contains(engine.pid());
        assertThat(row.path("evidence"))
                .extracting(evidence -> evidence.path("says").asText())
                .contains("listens on " + PORT + " in a network namespace of its own");
        assertThat(snapshot.path("scan").path("namespaces").asInt())
                .as("by root: " + root)
                .isGreaterThan(1);
    }
}
