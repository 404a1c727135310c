// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Parts;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Source;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Streamed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Requests wait in several places: their sum, and each by itself. A sum that misses one is none. */
final class SglangQueues {
    private SglangQueues() {}

    /** Adds what a page says. */
    static void read(Streamed<SeriesPage> answer, SeriesPage page, Reading read, Reading.Builder into) {
        boolean divided = page.values("engine_type").stream().anyMatch(Set.of("prefill", "decode")::contains);
        Map<String, Double> parts = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        Optional<Value.Unavailable<?>> lost = read.figures().missing(Metric.WAITING);
        for (Map.Entry<String, String> queue : SglangMetrics.QUEUES.entrySet()) {
            String name = queue.getKey();
            if (name.equals("queue") || name.equals("grammar") || divided) {
                Reading one = SglangMetrics.queue(queue.getValue())
                        .reading(SglangAdapter.METRICS, answer)
                        .build();
                one.figures().number(Metric.WAITING).ifPresent(number -> {
                    parts.put(name, number);
                    names.add("sglang:" + queue.getValue());
                });
                lost = lost.or(() -> answer.cut() ? one.figures().missing(Metric.WAITING) : Optional.empty());
            }
        }
        if (lost.isPresent()) {
            Reason reason = lost.get().reason();
            String detail = lost.get().detail();
            into.unavailable(Metric.WAITING, reason, detail).unavailable(Metric.WAITING_BY_REASON, reason, detail);
            return;
        }
        double sum = parts.values().stream().mapToDouble(Double::doubleValue).sum();
        Source source = new Source(SglangAdapter.METRICS, names, Combined.SUM, Basis.LIVE);
        into.gauge(Metric.WAITING, sum)
                .source(Metric.WAITING, source)
                .figure(Metric.WAITING_BY_REASON, new Parts(parts))
                .source(Metric.WAITING_BY_REASON, source);
    }
}
