// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** {@link ContainerTest} under another JDK than the one that runs the build. */
class OtherJdkTest {
    @Test
    void theContainerRunsOnAnotherJdkToo(@TempDir Path directory) throws Exception {
        Optional<Jdk> other = Jdk.other();
        assumeTrue(
                other.isPresent(),
                "NOT TRIED: the container on another JDK than " + Jdk.running()
                        + "; none in /usr/lib/jvm, and -Dllmtop.otherJdk names none");
        Path output = directory.resolve("output");

        Process process = new ProcessBuilder(
                        other.get().java().toString(),
                        "-Dsun.misc.unsafe.memory.access=allow",
                        "-Dllmtop.root=" + Distribution.ROOT,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OtherJdkTest.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        process.destroyForcibly();

        assertThat(ended).as("ended in time").isTrue();
        assertThat(process.exitValue())
                .as(other.get() + ":\n" + Files.readString(output))
                .isZero();
        assertThat(Files.readString(output)).contains("on " + other.get());
    }

    /** What the other JDK runs. */
    public static void main(String... arguments) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(ContainerTest.class))
                        .build(),
                summary);
        TestExecutionSummary result = summary.getSummary();
        result.printFailuresTo(new PrintWriter(System.out, true));
        System.out.println(result.getTestsSucceededCount() + " tests passed on " + Jdk.running());
        System.exit(result.getTestsSucceededCount() > 0 && result.getTotalFailureCount() == 0 ? 0 : 1);
    }
}
