// SPDX-License-Identifier: MIT
package dev.llmtop.tui.history;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.EventKind;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Snapshot.Event;
import dev.llmtop.tui.sample.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snapshots at moments, for tests of what is remembered. */
final class Past {
    static final Instant START = Instant.parse("2026-11-24T12:00:00.500Z");

    private Past() {}

    /** So many seconds after the start. */
    static Snapshot at(double seconds, EngineSnapshot... engines) {
        Snapshot sample = Samples.mockup();
        Instant time = START.plusNanos((long) (seconds * 1e9));
        return new Snapshot(
                time,
                sample.agent(),
                sample.machine(),
                List.of(engines),
                sample.totals(),
                new Snapshot.Findings(sample.findings().scan(), List.of(), List.of()));
    }

    /** The same with an event of its moment. */
    static Snapshot withEvent(Snapshot snapshot, String detail) {
        List<Event> events = new ArrayList<>();
        events.add(new Event(snapshot.time(), EventKind.PRESSURE, Optional.empty(), Optional.empty(), detail));
        return new Snapshot(
                snapshot.time(),
                snapshot.agent(),
                snapshot.machine(),
                snapshot.engines(),
                snapshot.totals(),
                new Snapshot.Findings(snapshot.findings().scan(), events, List.of()));
    }

    /** An engine that decodes so fast, and has so many further series. */
    static EngineSnapshot engine(String id, double decode, int extra) {
        EngineSnapshot sample = Samples.vllm();
        Map<String, Double> series = new java.util.HashMap<>();
        for (int index = 0; index < extra; index++) {
            series.put("vllm:series_" + index, 1.0);
        }
        EngineSnapshot.Identity identity = sample.identity();
        return new EngineSnapshot(
                new EngineSnapshot.Identity(
                        id, identity.kind(), identity.title(), identity.version(), identity.role(), identity.state()),
                sample.placement(),
                sample.models(),
                sample.serving(),
                new EngineSnapshot.Measured(
                        Figures.of(Metric.class)
                                .put(Metric.GENERATION_TOKENS_PER_SECOND, decode)
                                .build(),
                        Map.of(),
                        series,
                        Optional.empty()),
                sample.findings());
    }
}
