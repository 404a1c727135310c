// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static dev.llmtop.itest.Container.engine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.testkit.FakeVllm;
import java.io.File;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
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

    private Process engine;

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
        engine = engineInside();
    }

    @AfterEach
    void stop() throws Exception {
        if (engine != null) {
            engine.descendants().forEach(ProcessHandle::destroyForcibly);
            engine.destroyForcibly().waitFor();
        }
        if ("root".equals(System.getProperty("user.name"))) {
            Root.run("ip", "netns", "del", NAME);
        }
    }

    @Test
    void isFoundAtItsOwnAddressByRootAndByAnyUser() throws Exception {
        check(new Program(folder).run("--json", "--no-gpu"), true);
        check(Root.asNobody(new Program(folder), folder, "--json --no-gpu"), false);
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

    private Process engineInside() throws Exception {
        Path script = Files.writeString(folder.resolve("vllm"), """
                #!/usr/bin/env bash
                "$FAKE_JAVA" -XX:TieredStopAtLevel=1 -Xmx64m dev.llmtop.testkit.FakeVllm "$@" &
                trap 'kill "$!"' TERM INT
                wait
                """);
        ProcessBuilder builder = new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        NAME,
                        "bash",
                        script.toString(),
                        "serve",
                        "inner-model",
                        "--host",
                        "0.0.0.0",
                        "--port",
                        "" + PORT)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("engine.out").toFile());
        builder.environment()
                .putAll(Map.of(
                        "FAKE_JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "CLASSPATH",
                        place(FakeVllm.class) + File.pathSeparator + place(Endpoint.class)));
        Process process = builder.start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> listens() || !process.isAlive());
        assertThat(process.isAlive())
                .as(Files.readString(folder.resolve("engine.out")))
                .isTrue();
        return process;
    }

    private static boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(ADDRESS, PORT), 500);
            return true;
        } catch (java.io.IOException notYet) {
            return false;
        }
    }

    private static String place(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
