// SPDX-License-Identifier: MIT
package dev.llmtop.replay;

import dev.llmtop.agent.SnapshotReader;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Host;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code {"at":120}}: a snapshot 120 ms after the start. {@code "later":1} is another schema; {@code "bad":1} shows late. */
final class PlainReader implements SnapshotReader {
    static final Instant START = Instant.parse("2026-11-24T09:30:00Z");

    private static final Pattern AT = Pattern.compile("\\{\\s*\"at\":\\s*(\\d+)");

    static String document(long millis) {
        return "{\"at\":" + millis + "}";
    }

    static long millis(Snapshot snapshot) {
        return snapshot.time().toEpochMilli() - START.toEpochMilli();
    }

    @Override
    public Value<Snapshot> read(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        return text.contains("\"bad\"") || !text.endsWith("}")
                ? Value.unavailable(Reason.MALFORMED, "it breaks off")
                : time(json).map(PlainReader::snapshot);
    }

    @Override
    public Value<Instant> time(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        if (text.contains("\"later\"")) {
            return Value.unavailable(Reason.NOT_SUPPORTED, "its schema is 'llmtop.snapshot/2'");
        }
        Matcher at = AT.matcher(text);
        return at.find()
                ? Value.of(START.plusMillis(Long.parseLong(at.group(1))))
                : Value.unavailable(Reason.MALFORMED, "it is no JSON object");
    }

    private static Snapshot snapshot(Instant time) {
        return new Snapshot(
                time,
                new Snapshot.AgentInfo("0.1.0", 1, 1, 0, false),
                new Snapshot.Machine(new Host("box", "", "", "", 1, Figures.none()), List.of()),
                List.of(),
                new Snapshot.Totals(Figures.none(), List.of()),
                new Snapshot.Findings(
                        new Scan(new Scan.Processes(0, 0), new Scan.Listeners(0, 0, 0), 0, List.of()),
                        List.of(),
                        List.of()));
    }
}
