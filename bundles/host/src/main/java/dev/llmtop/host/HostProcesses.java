// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.agent.ProcessTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The processes of this machine: from {@code /proc} on Linux, through OSHI on any other system. */
@Component(name = "dev.llmtop.host.processes")
public final class HostProcesses implements ProcessTable {
    private final ProcessTable table;

    @Activate
    public HostProcesses() {
        table = SystemNames.isLinux() ? new LinuxTable(Path.of("/proc")) : new OshiTable();
    }

    @Override
    public ProcessScan scan() {
        return table.scan();
    }

    @Override
    public Map<Long, Set<Long>> owners(Set<Long> inodes) {
        return table.owners(inodes);
    }

    @Override
    public ProcessDetail detail(ProcessEntry process) {
        return table.detail(process);
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
}
