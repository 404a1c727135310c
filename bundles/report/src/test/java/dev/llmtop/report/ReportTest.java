// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReportTest {
    @Test
    void aConfigurationIsCarriedOut() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Integer> exits = new CopyOnWriteArrayList<>();
        Report report = new Report(config("once", 1, 140, 1_000), exits::add, out, line -> {});
        report.snapshot(Samples.mockup());
        report.stop();
        assertThat(out.toString(StandardCharsets.UTF_8).lines().toList())
                .isEqualTo(OnceReport.lines(Samples.mockup(), new Page(140, true)));
        assertThat(exits).containsExactly(0);
    }

    @Test
    void anUnknownModeIsSaidAndEndsTheProgram() {
        List<Integer> exits = new CopyOnWriteArrayList<>();
        List<String> complaints = new CopyOnWriteArrayList<>();
        new Report(config("twice", 1, 0, 1_000), exits::add, new ByteArrayOutputStream(), complaints::add).stop();
        assertThat(exits).containsExactly(1);
        assertThat(complaints).containsExactly("llmtop: mode is once, json or watch, not 'twice'");
    }

    @Test
    void aSilentAgentIsNotWaitedForForEver() {
        AtomicInteger exit = new AtomicInteger(-1);
        // An interval before the start makes the patience end at once.
        Report report = new Report(config("json", 1, 0, -30_000), exit::set, new ByteArrayOutputStream(), line -> {});
        await().atMost(Duration.ofSeconds(10)).until(() -> exit.get() == 1);
        report.stop();
    }

    @Test
    void aReaderThatStopsReadingEndsAWatchWithZero() throws IOException, InterruptedException {
        Process watch = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        EndlessWatch.class.getName())
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat((char) watch.getInputStream().read()).isEqualTo('{');
        watch.getInputStream().close();
        assertThat(watch.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(watch.exitValue()).isZero();
    }

    /** Watches without end; leaves with 9 if nothing ends it. */
    static final class EndlessWatch {
        private EndlessWatch() {}

        public static void main(String[] arguments) {
            Report report = new Report(
                    config("watch", 1, 0, 1_000), status -> Runtime.getRuntime().halt(status));
            for (int tick = 0; tick < 100_000; tick++) {
                report.snapshot(Samples.mockup());
            }
            Runtime.getRuntime().halt(9);
        }
    }

    /** A configuration as the container makes it of properties. */
    static Report.Config config(String mode, int samples, int columns, int intervalMillis) {
        Map<String, Object> values = Map.of(
                "mode", mode, "samples", samples, "columns", columns, "terminal", false, "interval_ms", intervalMillis);
        return (Report.Config) Proxy.newProxyInstance(
                Report.Config.class.getClassLoader(),
                new Class<?>[] {Report.Config.class},
                (proxy, method, arguments) -> values.get(method.getName()));
    }
}
