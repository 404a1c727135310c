// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.Publication;
import dev.llmtop.agent.ProcessTable.PublishedPort;
import dev.llmtop.model.ProcessInfo.ContainerInfo;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.probe.HttpProbes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The runtime is a real server on a real Unix socket; the processes are a made-up tree. */
class ContainerRuntimesTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String OTHER = "fedcba9876543210".repeat(4);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final HttpProbes probes =
            new HttpProbes("1", Duration.ofSeconds(2), 8, Map.of("LLMTOP_API_KEY", "planted-secret"));
    private final AtomicLong clock = new AtomicLong(1);
    private ProcTree tree;
    private HostProcesses table;
    private FakeRuntime docker;

    @BeforeEach
    void start() throws IOException {
        tree = new ProcTree(Files.createDirectory(folder.resolve("proc")));
        tree.process(1, 0, 1, "init", "init");
        inContainer(42, "docker-" + ID);
        service(80, "dockerd", "/usr/bin/dockerd", "-H", "fd://");
        table = table(false);
        docker = FakeRuntime.at(folder.resolve("docker.sock"), FakeRuntime.saying(200, "[]"));
    }

    @AfterEach
    void stop() {
        table.deactivate();
        docker.close();
        probes.close();
    }

    @Test
    void oneRequestTellsNameAndPortsAndIsNotRepeated() {
        docker.now(FakeRuntime.saying(200, list(ID, "/vllm-1")));
        assertThat(name(42)).matches(value -> value.missing().isPresent());
        assertThat(docker.connections()).as("detail alone asks nothing").isZero();

        assertThat(asked(42)).isEqualTo(Value.of("vllm-1"));
        assertThat(table.publicationOf(process(42)))
                .contains(new Publication(!root(), List.of(new PublishedPort("127.0.0.1", 18_090, 8_000))));

        for (int more = 0; more < 5; more++) {
            table.askRuntimes(List.of(process(42)));
        }
        assertThat(docker.requests()).singleElement().asString().startsWith("GET /containers/json HTTP/1.1\r\n");
        assertThat(docker.requests().get(0)).contains("\r\nHost: localhost\r\n").doesNotContain("planted-secret");
    }

    @Test
    void anotherContainerIsOneRequestMore() {
        docker.now(FakeRuntime.saying(200, list(ID, "/one")));
        asked(42);
        docker.now(FakeRuntime.saying(200, list(OTHER, "/two")));
        inContainer(43, "docker-" + OTHER);

        assertThat(asked(43)).isEqualTo(Value.of("two"));
        assertThat(name(42)).isEqualTo(Value.of("one"));
        assertThat(docker.requests()).hasSize(2);
    }

    @Test
    void aContainerThatIsNotListedIsSaidAndNotAskedForAgain() {
        docker.now(FakeRuntime.saying(200, list(OTHER, "/two")));

        assertThat(missing(asked(42)).detail()).contains("does not list it at", "docker.sock");
        clock.addAndGet(Duration.ofHours(1).toNanos());
        asked(42);
        assertThat(docker.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(HostileAnswer.class)
    void whateverTheRuntimeSaysCostsOneRequestAndIsAReason(HostileAnswer hostile) {
        docker.now(hostile::answer);

        Value<String> name = asked(42);

        assertThat(missing(name).detail()).isNotBlank().doesNotContain("\n", "Exception");
        assertThat(table.publicationOf(process(42))).isEmpty();
        table.askRuntimes(List.of(process(42)));
        assertThat(docker.requests()).hasSize(1);

        docker.now(FakeRuntime.saying(200, list(ID, "/later")));
        clock.addAndGet(Duration.ofSeconds(61).toNanos());
        if (hostile.isWholeList()) {
            assertThat(asked(42)).isEqualTo(name);
        } else {
            await().atMost(LIMIT).until(() -> asked(42).equals(Value.of("later")));
        }
    }

    @Test
    void aRuntimeThatHangsIsWaitedForOnceAndNotForLong() {
        CountDownLatch hanging = new CountDownLatch(1);
        ContainerInfo container = new ContainerInfo(ID, "docker", Value.unavailable(Reason.NO_PERMISSION, "unknown"));
        try (ContainerRuntimes runtimes = new ContainerRuntimes(
                () -> RuntimeSocket.present(folder, Map.of()),
                socket -> {
                    awaitQuietly(hanging);
                    return Value.unavailable(Reason.TIMED_OUT, "hung");
                },
                true,
                clock::get)) {
            long began = System.nanoTime();
            for (int call = 0; call < 40; call++) {
                runtimes.ask(
                        List.of(container),
                        new RuntimeServices(
                                table.scan().processes().values(),
                                process -> table.uidOf(process).orElse(-1)));
            }
            // Forty times the patience of one call would be ten seconds.
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
            assertThat(runtimes.nameOf(ID)).isEmpty();

            hanging.countDown();
            await().atMost(LIMIT).until(() -> runtimes.nameOf(ID).isPresent());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void namesAreCleanedAndCut() {
        docker.now(FakeRuntime.saying(200, list(ID, "/a\\u001b[31m\\u202eb" + "c".repeat(5_000))));

        assertThat(asked(42).known().orElseThrow())
                .doesNotContain("\u001b", "\u202e")
                .hasSizeLessThan(201);
    }

    @Test
    void theServiceIsNotStartedByAsking() {
        tree.end(80);

        assertThat(missing(asked(42)).reason()).isEqualTo(Reason.NOT_SAFE);
        assertThat(missing(name(42)).detail()).contains("docker.sock", "could start its service");
        assertThat(docker.connections()).isZero();
    }

    @Test
    void aServiceOfAnotherUserIsNotTheOneBehindTheSocket() {
        tree.write("80/status", "Uid:\t4242\t4242\t4242\t4242\n");

        assertThat(missing(asked(42)).reason()).isEqualTo(Reason.NOT_SAFE);
        assertThat(docker.connections()).isZero();
    }

    @Test
    void aSocketThatThisUserMayNotOpenIsSaid() throws IOException {
        assumeFalse(root(), "skipped: root may open any socket");
        Files.setPosixFilePermissions(folder.resolve("docker.sock"), PosixFilePermissions.fromString("r--------"));

        assertThat(missing(asked(42)).reason()).isEqualTo(Reason.NO_PERMISSION);
        assertThat(missing(name(42)).detail()).contains("may not open", "docker.sock");
        assertThat(docker.connections()).isZero();
    }

    @Test
    void withoutASocketThatIsSaid() throws IOException {
        Files.delete(folder.resolve("docker.sock"));

        assertThat(missing(asked(42)).detail()).contains("no socket of it is there");
    }

    @Test
    void podmanIsAskedWhereItRunsOrTheUserWantsIt() throws IOException {
        Files.createDirectory(folder.resolve("podman"));
        inContainer(44, "libpod-" + OTHER);
        try (FakeRuntime podman =
                FakeRuntime.at(folder.resolve("podman/podman.sock"), FakeRuntime.saying(200, list(OTHER, "/pod-1")))) {
            assertThat(missing(asked(44)).reason()).isEqualTo(Reason.NOT_SAFE);
            assertThat(podman.connections()).isZero();

            table.deactivate();
            table = table(true);
            assertThat(asked(44)).isEqualTo(Value.of("pod-1"));

            table.deactivate();
            table = table(false);
            service(81, "podman", "/usr/bin/podman", "--log-level=info", "system", "service");
            assertThat(asked(44)).isEqualTo(Value.of("pod-1"));
            assertThat(docker.connections()).isZero();
        }
    }

    @Test
    void podmansSocketAtDockersPathIsPodmans() throws IOException {
        docker.close();
        Files.delete(folder.resolve("docker.sock"));
        Files.createDirectory(folder.resolve("podman"));
        Files.createSymbolicLink(folder.resolve("docker.sock"), folder.resolve("podman/podman.sock"));
        try (FakeRuntime podman =
                FakeRuntime.at(folder.resolve("podman/podman.sock"), FakeRuntime.saying(200, list(ID, "/x")))) {
            assertThat(RuntimeSocket.present(folder, Map.of()))
                    .extracting(RuntimeSocket::runtime)
                    .containsExactly("podman");
            asked(42);
            assertThat(podman.connections()).isZero();
        }
    }

    @Test
    void theEnvironmentNamesSocketsOfUsers() throws IOException {
        Path own = Files.createDirectories(folder.resolve("user"));
        try (FakeRuntime rootless = FakeRuntime.at(own.resolve("docker.sock"), FakeRuntime.saying(200, "[]"))) {
            Map<String, String> environment =
                    Map.of("XDG_RUNTIME_DIR", own.toString(), "DOCKER_HOST", "unix://" + own + "/docker.sock");

            assertThat(RuntimeSocket.present(folder.resolve("none"), environment))
                    .extracting(RuntimeSocket::path)
                    .containsExactly(own.toRealPath().resolve("docker.sock"));
            assertThat(RuntimeSocket.present(folder.resolve("none"), Map.of("DOCKER_HOST", "tcp://10.0.0.1:2375")))
                    .isEmpty();
            assertThat(rootless.connections()).isZero();
        }
    }

    private HostProcesses table(boolean startPodman) {
        return new HostProcesses(
                new LinuxTable(tree.root()),
                Optional.of(new ContainerRuntimes(
                        () -> RuntimeSocket.present(folder, Map.of()),
                        new RuntimeQuery(probes)::list,
                        startPodman,
                        clock::get)));
    }

    private void inContainer(long pid, String group) {
        tree.process(pid, 1, 5, "vllm", "vllm", "serve")
                .write(pid + "/cgroup", "0::/system.slice/" + group + ".scope\n");
    }

    private void service(long pid, String comm, String... argv) throws IOException {
        Object uid = Files.getAttribute(folder, "unix:uid");
        tree.process(pid, 1, 3, comm, argv).write(pid + "/status", "Uid:" + ("\t" + uid).repeat(4) + "\n");
    }

    private ProcessEntry process(long pid) {
        return table.scan().processes().get(pid);
    }

    private Value<String> name(long pid) {
        return table.detail(process(pid)).container().map(ContainerInfo::name).orElseThrow();
    }

    /** Its name once the runtime was asked, or was not. */
    private Value<String> asked(long pid) {
        String before = "its runtime was not asked for it";
        await().atMost(LIMIT).until(() -> {
            table.askRuntimes(List.of(process(pid)));
            return name(pid)
                    .missing()
                    .filter(why -> why.detail().contains(before))
                    .isEmpty();
        });
        return name(pid);
    }

    private static Value.Unavailable<String> missing(Value<String> value) {
        return value.missing().orElseThrow();
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** As docker 20.10 has it, shortened. */
    private static String list(String id, String name) {
        return "[{\"Id\":\"" + id + "\",\"Names\":[\"/linked/alias\",\"" + name + "\"],\"Image\":\"vllm/vllm-openai\","
                + "\"Ports\":[{\"IP\":\"127.0.0.1\",\"PrivatePort\":8000,\"PublicPort\":18090,\"Type\":\"tcp\"},"
                + "{\"PrivatePort\":9000,\"Type\":\"tcp\"},{\"IP\":\"::\",\"PrivatePort\":53,\"PublicPort\":53,\"Type\":\"udp\"}],"
                + "\"State\":\"running\"}]";
    }
}
