// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static dev.llmtop.itest.Container.engine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.testkit.EngineProcess;
import dev.llmtop.testkit.FakeVllm;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines that are not plain HTTP on 127.0.0.1: found without any flag, by the real program beside real servers. */
class TransportTest {
    @TempDir
    Path folder;

    @Test
    void aUnixSocketThatTheCommandLineNames() throws Exception {
        Path socket = folder.resolve("engine.sock");
        try (ScriptedEngine served = ScriptedEngine.start(
                folder,
                List.of(),
                RelayedVllm.class,
                List.of("serve", "m", "--uds", socket.toString()),
                () -> Files.exists(socket))) {
            JsonNode row = ready("unix:" + socket);
            assertThat(row.path("process").path("pids"))
                    .extracting(JsonNode::asLong)
                    .contains(served.pid());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--ssl-certfile c.pem --ssl-keyfile k.pem", ""})
    void tlsByTheCommandLineOrByThePlainAnswer(String options) throws Exception {
        int port = EngineProcess.freePort();
        Path store = folder.resolve("key.p12");
        assertThat(Root.run(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=llmtop test",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        RelayedVllm.PASSWORD))
                .isTrue();
        List<String> arguments =
                new ArrayList<>(List.of("serve", "m", "--port", "" + port, "--tls-store", store.toString()));
        if (!options.isEmpty()) {
            arguments.addAll(List.of(options.split(" ")));
        }
        try (ScriptedEngine served =
                ScriptedEngine.start(folder, List.of(), RelayedVllm.class, arguments, accepts("127.0.0.1", port))) {
            JsonNode row = ready("127.0.0.1:" + port);
            assertThat(row.path("url").asText()).isEqualTo("https://127.0.0.1:" + port);
            assertThat(row.path("process").path("pids"))
                    .extracting(JsonNode::asLong)
                    .contains(served.pid());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.5", "::1"})
    void anAddressThatIsNot127001(String host) throws Exception {
        int port = EngineProcess.freePort();
        try (ScriptedEngine served = ScriptedEngine.start(
                folder,
                List.of(),
                FakeVllm.class,
                List.of("serve", "m", "--host", host, "--port=" + port, "--port", "" + port),
                accepts(host, port))) {
            JsonNode row = ready(host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port);
            assertThat(row.path("process").path("pids"))
                    .extracting(JsonNode::asLong)
                    .contains(served.pid());
        }
    }

    private JsonNode ready(String id) throws Exception {
        Program.Result result = new Program(folder).run("--json", "--no-gpu");
        assertThat(result.err()).isEmpty();
        JsonNode row = engine(new SnapshotSchema().valid(result.out()), id);
        assertThat(row.path("kind").asText()).isEqualTo("vllm");
        assertThat(row.path("state").asText()).isEqualTo("ready");
        assertThat(row.path("metrics").path("requestsTotal").isMissingNode()).isFalse();
        return row;
    }

    static Callable<Boolean> accepts(String host, int port) {
        return () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), 500);
                return true;
            } catch (java.io.IOException notYet) {
                return false;
            }
        };
    }
}
