// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmtop.model.Host;
import dev.llmtop.model.HostMetric;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class HostSamplerTest {
    @TempDir
    Path folder;

    @Test
    void oneSampleOfLinuxLoadsNoLibrary() {
        new ProcTree(folder).write("meminfo", "MemTotal: 1000 kB\nMemAvailable: 400 kB\n");
        HostSampler sampler = new HostSampler(folder);

        Host first = sampler.sample();

        assertThat(loads()).isFalse();
        assertThat(first.cpu()).isEmpty();
        assertThat(first.figures().number(HostMetric.MEMORY_USED_BYTES)).contains(600 * 1024.0);
        sampler.stop();
    }

    @Test
    void processorThatLinuxDoesNotNameIsLookedUpInTheBackground() {
        new ProcTree(folder).write("cpuinfo", "processor\t: 0\nCPU part\t: 0xd87\n");
        HostSampler sampler = new HostSampler(folder);
        sampler.sample();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> !sampler.sample().cpu().isEmpty());
        sampler.stop();

        assertThat(loads()).isFalse();
    }

    @Test
    void stopEndsWhatWasBegun() {
        BackgroundOshi oshi = new BackgroundOshi();
        oshi.start();
        oshi.start();

        oshi.close();

        await().atMost(Duration.ofSeconds(60)).until(() -> !loads());
        assertThat(oshi.failure()).isEmpty();
    }

    private static boolean loads() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("llmtop-host"));
    }
}
