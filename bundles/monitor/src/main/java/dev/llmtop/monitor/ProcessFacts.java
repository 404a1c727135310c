// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.ProcessTable;
import dev.llmtop.agent.ProcessTable.ProcessDetail;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import dev.llmtop.agent.Redaction;
import dev.llmtop.model.ProcessInfo;
import dev.llmtop.model.ProcessInfo.Owner;
import dev.llmtop.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Says what is known of the processes of an engine. */
final class ProcessFacts {
    private final ProcessTable table;
    private final ProcessScan scan;
    private final Optional<ProcessScan> before;

    /** @param before the pass of the tick before; empty at the first */
    ProcessFacts(ProcessTable table, ProcessScan scan, Optional<ProcessScan> before) {
        this.table = table;
        this.scan = scan;
        this.before = before;
    }

    /** Empty where the owner of the listener is not known. */
    Optional<ProcessInfo> of(Found found, Instant now) {
        return found.processes().main().map(main -> {
            ProcessDetail detail = table.detail(main);
            Set<Long> tree = new TreeSet<>(found.processes().tree());
            tree.add(main.pid());
            tree.removeIf(pid -> pid != main.pid() && !scan.processes().containsKey(pid));
            return new ProcessInfo(
                    main.pid(),
                    tree.stream().toList(),
                    new Owner(Text.clean(detail.user()), command(main), detail.started(), uptime(detail, now)),
                    ProcessUse.of(tree, scan, before),
                    detail.container());
        });
    }

    private static double uptime(ProcessDetail detail, Instant now) {
        return Math.max(0, Duration.between(detail.started(), now).toMillis() / 1_000.0);
    }

    private static String command(ProcessEntry main) {
        return main.argv().isEmpty()
                ? Text.clean(main.comm())
                : Text.clean(String.join(" ", Redaction.arguments(main.argv())));
    }
}
