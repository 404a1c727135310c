// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Host;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Reason;

/** The machine, where no source tells of it. */
final class Hosts {
    private Hosts() {}

    /** What Java itself knows, with this reason for every figure. */
    static Host unknown(Reason reason, String detail) {
        Figures.Builder<HostMetric> figures = Figures.of(HostMetric.class);
        for (HostMetric metric : HostMetric.values()) {
            figures.putUnavailable(metric, reason, detail);
        }
        String name = System.getenv("HOSTNAME");
        return new Host(
                name == null || name.isBlank() ? "localhost" : name,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch"),
                "",
                Runtime.getRuntime().availableProcessors(),
                figures.build());
    }
}
