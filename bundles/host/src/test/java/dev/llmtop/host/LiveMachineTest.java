// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmtop.agent.ProcessTable;
import dev.llmtop.agent.ProcessTable.Listener;
import dev.llmtop.agent.ProcessTable.ProcessDetail;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import dev.llmtop.model.Host;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The machine that the test runs on: a real child with a real listener, through {@code /proc} and through OSHI. */
class LiveMachineTest {
    private Process child;
    private int port;

    @BeforeEach
    void startChild() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java, "-XX:TieredStopAtLevel=1", "-Xmx16m", ListeningChild.class.getName(), "--marker", "a b");
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("LLMTOP_TEST_MARK", "seen");
        child = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
        port = Integer.parseInt(output.readLine());
    }

    @AfterEach
    void endChild() throws Exception {
        child.destroyForcibly();
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void childIsFoundWithItsListenerAndGoneAfterItsEnd() throws Exception {
        ProcessTable table = new LinuxTable(Path.of("/proc"));
        ProcessScan scan = table.scan();
        ProcessEntry found = scan.processes().get(child.pid());
        assertThat(Path.of(table.directoryOf(found).orElseThrow()).toRealPath())
                .isEqualTo(Path.of("").toRealPath());
        Listener listener = listener(scan);

        assertThat(found.argv()).endsWith(ListeningChild.class.getName(), "--marker", "a b");
        assertThat(found.parent()).isEqualTo(ProcessHandle.current().pid());
        assertThat(found.use().residentBytes()).isPositive();
        assertThat(found.comm()).isEqualTo("java");
        assertThat(listener.host()).isEqualTo("127.0.0.1");
        assertThat(listener.namespace()).isZero();
        assertThat(table.owners(Set.of(listener.inode())).get(listener.inode())).containsExactly(child.pid());
        assertThat(table.namespaceOf(found)).isEmpty();
        assertDetail(table.detail(found));

        child.destroyForcibly();
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        ProcessScan after = table.scan();
        assertThat(after.processes()).doesNotContainKey(child.pid());
        assertThat(after.listeners()).noneMatch(gone -> gone.inode() == listener.inode());
        assertThat(table.owners(Set.of(listener.inode()))).isEmpty();
    }

    @Test
    void childIsFoundThroughOshi() throws Exception {
        ProcessTable table = new OshiTable();
        ProcessScan scan = table.scan();
        ProcessEntry found = scan.processes().get(child.pid());
        Listener listener = listener(scan);

        assertThat(scan.problems()).isEmpty();
        assertThat(found.argv()).endsWith(ListeningChild.class.getName(), "--marker", "a b");
        assertThat(found.parent()).isEqualTo(ProcessHandle.current().pid());
        assertThat(listener.host()).isIn("127.0.0.1", "0.0.0.0");
        assertThat(table.owners(Set.of(listener.inode())).get(listener.inode())).containsExactly(child.pid());
        assertDetail(table.detail(found));

        child.destroyForcibly();
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(table.scan().processes()).doesNotContainKey(child.pid());
    }

    private void assertDetail(ProcessDetail detail) {
        assertThat(detail.user()).isEqualTo(System.getProperty("user.name"));
        assertThat(Duration.between(detail.started(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(5));
        assertThat(detail.environment().known())
                .hasValueSatisfying(variables -> assertThat(variables).containsEntry("LLMTOP_TEST_MARK", "seen"));
    }

    private Listener listener(ProcessScan scan) {
        return scan.listeners().stream()
                .filter(listener -> listener.port() == port)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void machineIsSampledByTheComponent() {
        HostSampler sampler = new HostSampler();
        Host first = sampler.sample();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(sampler.sample().figures().asMap())
                        .containsOnlyKeys(LinuxHostTest.ALWAYS)
                        .satisfies(
                                figures -> assertThat(sampler.sample().figures().number(HostMetric.CPU_USED_RATIO))
                                        .isPresent()));
        Host host = sampler.sample();
        sampler.stop();

        assertThat(first.figures()
                        .missing(HostMetric.CPU_USED_RATIO)
                        .orElseThrow()
                        .reason())
                .isEqualTo(Reason.NO_SAMPLE_YET);
        assertThat(host.name()).isNotEmpty();
        assertThat(host.logicalCpus()).isPositive();
        assertThat(host.figures().number(HostMetric.MEMORY_TOTAL_BYTES)).isPresent();
        assertThat(host.figures().number(HostMetric.MEMORY_USED_BYTES).orElseThrow())
                .isLessThanOrEqualTo(
                        host.figures().number(HostMetric.MEMORY_TOTAL_BYTES).orElseThrow());
    }

    @Test
    void oshiIsLoadedInTheBackgroundAndAgreesWithProc() {
        try (BackgroundOshi oshi = new BackgroundOshi()) {
            LazyHost lazy = new LazyHost(oshi);
            Host first = lazy.sample();
            assertThat(first.figures().asMap()).containsKeys(LinuxHostTest.ALWAYS);

            await().atMost(Duration.ofSeconds(60)).until(() -> oshi.ready().isPresent());
            Host host = lazy.sample();

            assertThat(host.figures().number(HostMetric.MEMORY_TOTAL_BYTES))
                    .isEqualTo(new HostSampler().sample().figures().number(HostMetric.MEMORY_TOTAL_BYTES));
            assertThat(host.figures().asMap()).containsOnlyKeys(LinuxHostTest.ALWAYS);
        }
    }
}
