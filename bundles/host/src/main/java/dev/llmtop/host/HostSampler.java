// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.model.Host;
import dev.llmtop.spi.HostSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Samples the machine: a Linux one from {@code /proc}, any other through OSHI. */
@Component(name = "dev.llmtop.host.sample")
public final class HostSampler implements HostSource {
    private final BackgroundOshi oshi = new BackgroundOshi();
    private final AtomicBoolean sampledBefore = new AtomicBoolean();
    private final HostSource source;

    @Activate
    public HostSampler() {
        this(Path.of("/proc"));
    }

    HostSampler(Path proc) {
        source = SystemNames.isLinux() && Files.isReadable(proc.resolve("stat"))
                ? new LinuxHost(proc)
                : new LazyHost(oshi);
    }

    @Override
    public Host sample() {
        Host host = source.sample();
        if (!host.cpu().isEmpty()) {
            return host;
        }
        // Linux on arm64 names no processor: OSHI knows it, but one snapshot alone does not pay for loading it.
        if (sampledBefore.getAndSet(true)) {
            oshi.start();
        }
        return oshi.ready().map(loaded -> withCpu(host, loaded.cpuName())).orElse(host);
    }

    private static Host withCpu(Host host, String cpu) {
        return new Host(host.name(), host.os(), host.architecture(), cpu, host.logicalCpus(), host.figures());
    }

    /** Ends the thread that loads OSHI. */
    @Deactivate
    public void stop() {
        oshi.close();
    }
}
