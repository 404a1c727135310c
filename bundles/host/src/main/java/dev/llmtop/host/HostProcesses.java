// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.agent.Probes;
import dev.llmtop.agent.ProcessTable;
import dev.llmtop.model.ProcessInfo.ContainerInfo;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The processes of this machine: from {@code /proc} on Linux, through OSHI on any other system. */
@Component(name = "dev.llmtop.host.processes")
public final class HostProcesses implements ProcessTable {
    private final ProcessTable table;
    private final Optional<ContainerRuntimes> runtimes;
    private volatile @Nullable ProcessScan last;

    /** What a user may set. */
    public @interface Config {
        /** Whether sockets of docker and podman that this user may open are asked for names and ports of containers. */
        boolean runtimes() default true;

        /** Whether podman's socket is asked also where that starts its service. */
        boolean start_podman() default false;
    }

    /** With nothing known yet. */
    @Activate
    public HostProcesses(Config config, @Reference(name = "probes") Probes probes) {
        this(
                SystemNames.isLinux() ? new LinuxTable(Path.of("/proc")) : new OshiTable(),
                config.runtimes()
                        ? Optional.of(new ContainerRuntimes(
                                () -> RuntimeSocket.present(Path.of("/run"), System.getenv()),
                                new RuntimeQuery(probes)::list,
                                config.start_podman(),
                                System::nanoTime))
                        : Optional.empty());
    }

    HostProcesses(ProcessTable table, Optional<ContainerRuntimes> runtimes) {
        this.table = table;
        this.runtimes = runtimes;
    }

    @Deactivate
    void deactivate() {
        runtimes.ifPresent(ContainerRuntimes::close);
    }

    @Override
    public ProcessScan scan() {
        ProcessScan scan = table.scan();
        last = scan;
        return scan;
    }

    @Override
    public Map<Long, Set<Long>> owners(Set<Long> inodes) {
        return table.owners(inodes);
    }

    @Override
    public ProcessDetail detail(ProcessEntry process) {
        return named(table.detail(process));
    }

    @Override
    public Optional<String> pathOf(ProcessEntry process, String path) {
        return table.pathOf(process, path);
    }

    @Override
    public void askRuntimes(Collection<ProcessEntry> asked) {
        if (runtimes.isEmpty()) {
            return;
        }
        List<ContainerInfo> containers = asked.stream()
                .flatMap(process -> table.detail(process).container().stream())
                .distinct()
                .toList();
        if (!containers.isEmpty()) {
            RuntimeServices services = new RuntimeServices(
                    lastScan().processes().values(),
                    process -> table.uidOf(process).orElse(-1));
            runtimes.get().ask(containers, services);
        }
    }

    @Override
    public Optional<Publication> publicationOf(ProcessEntry process) {
        return table.detail(process)
                .container()
                .flatMap(container -> runtimes.flatMap(known -> known.publicationOf(container.id())));
    }

    /** With the name that the runtime told, where no file has it. */
    private ProcessDetail named(ProcessDetail detail) {
        Optional<ContainerInfo> named = detail.container()
                .filter(container -> container.name().missing().isPresent())
                .flatMap(container -> runtimes.flatMap(known -> known.nameOf(container.id()))
                        .map(name -> new ContainerInfo(container.id(), container.runtime(), name)));
        return named.isEmpty()
                ? detail
                : new ProcessDetail(
                        detail.user(), detail.started(), named, detail.environment(), detail.namespacePid());
    }

    @Override
    public Optional<NetworkNamespace> namespaceOf(ProcessEntry process) {
        return table.namespaceOf(process);
    }

    @Override
    public Optional<String> directoryOf(ProcessEntry process) {
        return table.directoryOf(process);
    }

    @Override
    public Connections connections(Set<Long> pids, Set<Integer> ports) {
        return table.connections(pids, ports);
    }

    @Override
    public List<String> addresses() {
        return table.addresses();
    }

    @Override
    public boolean seesHostPids() {
        return table.seesHostPids();
    }

    @Override
    public OptionalInt uidOf(ProcessEntry process) {
        return table.uidOf(process);
    }

    private ProcessScan lastScan() {
        ProcessScan scan = last;
        return scan == null ? scan() : scan;
    }
}
