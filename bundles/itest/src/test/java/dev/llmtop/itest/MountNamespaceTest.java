// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static dev.llmtop.itest.Container.engine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines with mounts of their own, as in a container: their sockets, and what their runtime calls them. */
class MountNamespaceTest {
    private static final String ID = "5e1f".repeat(16);

    @TempDir
    Path folder;

    private Path inner;

    @BeforeEach
    void needsRoot() throws Exception {
        Root.needs("unshare", "setpriv", "mount");
        assumeTrue(Root.run("unshare", "-m", "true"), "skipped: no mount namespace can be made here");
        inner = Files.createDirectory(folder.resolve("inner"));
    }

    @Test
    void aSocketThatOnlyTheContainerSeesIsReachedThroughItsProcessByRoot() throws Exception {
        try (ScriptedEngine engine = start("mount -t tmpfs none " + inner)) {
            String id = "unix:/proc/" + engine.pid() + "/root" + inner + "/e.sock";

            Program.Result result = new Program(folder).run("--json", "--no-gpu");
            assertThat(result.err()).isEmpty();
            JsonNode row = engine(new SnapshotSchema().valid(result.out()), id);
            assertThat(row.path("kind").asText()).isEqualTo("vllm");
            assertThat(row.path("state").asText()).isEqualTo("ready");

            assertThat(new Program(folder).run("--explain", "--no-gpu").out().replaceAll("\\s+", ""))
                    .contains(id, "whichisinsideitscontainer");
        }
    }

    @Test
    void anotherUserIsToldWhyItsSocketIsOutOfReach() throws Exception {
        try (ScriptedEngine engine = start("mount -t tmpfs none " + inner + " && " + asDockerWould())) {
            Program.Result result = Root.asNobody(new Program(folder), folder, "--json --no-gpu");

            assertThat(result.err()).isEmpty();
            assertThat(new SnapshotSchema().valid(result.out()).path("scan").path("candidates"))
                    .anySatisfy(candidate -> {
                        assertThat(candidate.path("pid").asLong()).isEqualTo(engine.pid());
                        assertThat(candidate.path("verdict").asText()).isEqualTo("left-alone");
                        assertThat(candidate.path("why").asText()).contains("/proc/PID/root");
                    });
        }
    }

    @Test
    void itsNameIsWhatARunningRuntimeSaysAndAnExplanationAsksNone() throws Exception {
        List<String> requests = new CopyOnWriteArrayList<>();
        Path run = Files.createDirectory(folder.resolve("run"));
        Path dockerd = Files.copy(Path.of("/bin/sleep"), run.resolve("dockerd"));
        assertThat(dockerd.toFile().setExecutable(true)).isTrue();
        Process service = new ProcessBuilder(dockerd.toString(), "1000").start();
        try (ServerSocketChannel runtime = listening(run.resolve("docker.sock"), requests);
                ScriptedEngine engine = start(asDockerWould())) {
            Program program = new Program(folder).with("XDG_RUNTIME_DIR", run.toString());
            assertThat(program.run("--explain", "--no-gpu").code()).isZero();
            assertThat(requests).isEmpty();

            Program.Result result = program.run("--json", "--no-gpu");

            assertThat(result.err()).isEmpty();
            JsonNode container = engine(
                            new SnapshotSchema().valid(result.out()),
                            "unix:/proc/" + engine.pid() + "/root" + inner + "/e.sock")
                    .path("process")
                    .path("container");
            assertThat(container.path("id").asText()).isEqualTo(ID);
            assertThat(container.path("runtime").asText()).isEqualTo("docker");
            assertThat(container.path("name").asText()).isEqualTo("vllm-in-a-box");
            assertThat(requests).singleElement().asString().startsWith("GET /containers/json HTTP/1.1\r\n");
        } finally {
            service.destroyForcibly();
        }
    }

    /** Runtimes mount a file of the container's folder over the host's name. */
    private String asDockerWould() throws IOException {
        Path own = Files.createDirectories(folder.resolve("containers").resolve(ID));
        Files.writeString(own.resolve("hostname"), "box\n");
        return "mount --bind " + own.resolve("hostname") + " /etc/hostname";
    }

    private ScriptedEngine start(String mounting) throws Exception {
        Path[] seen = new Path[1];
        Path socket = inner.resolve("e.sock");
        List<String> before = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", mounting + " && exec \"$@\"", "sh"));
        return ScriptedEngine.start(
                folder, before, RelayedVllm.class, List.of("serve", "m", "--uds", socket.toString()), () -> {
                    if (seen[0] == null) {
                        seen[0] = ProcessHandle.current()
                                .children()
                                .filter(child -> child.info().arguments().stream()
                                        .flatMap(java.util.Arrays::stream)
                                        .anyMatch(socket.toString()::equals))
                                .findFirst()
                                .map(child -> Path.of("/proc/" + child.pid() + "/root" + socket))
                                .orElse(null);
                    }
                    return seen[0] != null && Files.exists(seen[0]);
                });
    }

    private static ServerSocketChannel listening(Path socket, List<String> requests) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        String body = "[{\"Id\":\"" + ID + "\",\"Names\":[\"/vllm-in-a-box\"],\"Ports\":[]}]";
        Thread thread = new Thread(() -> {
            while (listener.isOpen()) {
                try (SocketChannel client = listener.accept()) {
                    ByteBuffer buffer = ByteBuffer.allocate(4_096);
                    client.read(buffer);
                    requests.add(
                            StandardCharsets.ISO_8859_1.decode(buffer.flip()).toString());
                    client.write(StandardCharsets.ISO_8859_1.encode(
                            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                                    + "\r\nConnection: close\r\n\r\n" + body));
                } catch (IOException closed) {
                    // The next one, or the end of the test.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return listener;
    }
}
