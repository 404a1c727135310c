// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Host;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Text;
import dev.llmtop.spi.HostSource;

/** The machine through OSHI, without ever waiting for it: until it is loaded each figure says so. */
final class LazyHost implements HostSource {
    private final BackgroundOshi oshi;

    LazyHost(BackgroundOshi oshi) {
        this.oshi = oshi;
    }

    @Override
    public Host sample() {
        oshi.start();
        try {
            return oshi.ready().map(OshiHost::sample).orElseGet(() -> unknown(oshi.failure()));
        } catch (RuntimeException | LinkageError broken) {
            return unknown(Text.clean(String.valueOf(broken.getMessage())));
        }
    }

    private static Host unknown(String failure) {
        Reason reason = failure.isEmpty() ? Reason.NO_SAMPLE_YET : Reason.NOT_SUPPORTED;
        String detail = failure.isEmpty() ? "the machine is being looked at" : failure;
        Figures.Builder<HostMetric> figures = Figures.of(HostMetric.class);
        for (HostMetric metric : HostMetric.values()) {
            figures.putUnavailable(metric, reason, detail);
        }
        int cpus = Runtime.getRuntime().availableProcessors();
        return new Host(SystemNames.host(), SystemNames.os(), SystemNames.architecture(), "", cpus, figures.build());
    }
}
