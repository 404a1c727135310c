// SPDX-License-Identifier: MIT
package dev.llmtop.report.read;

import dev.llmtop.agent.SnapshotReader;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Host;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Reads the JSON contract {@code llmtop.snapshot/1}. Holds nothing but a parser's factory; safe for several threads. */
@Component(name = "dev.llmtop.report.reader", service = SnapshotReader.class)
public final class SnapshotJsonReader implements SnapshotReader {
    private final JsonTree tree = new JsonTree();

    /** A reader for any number of snapshots. */
    @Activate
    public SnapshotJsonReader() {}

    @Override
    public Value<Snapshot> read(byte[] json) {
        try {
            JsonFields fields = tree.read(json);
            checkSchema(fields);
            return Value.of(snapshot(fields));
        } catch (UnreadableException e) {
            return Value.unavailable(e.reason(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Value<Instant> time(byte[] json) {
        try {
            JsonFields fields = tree.firstTexts(json, List.of("schema", "time"));
            checkSchema(fields);
            return Value.of(fields.instant("time"));
        } catch (UnreadableException e) {
            return Value.unavailable(e.reason(), String.valueOf(e.getMessage()));
        }
    }

    private static void checkSchema(JsonFields fields) throws UnreadableException {
        String schema = fields.text("schema");
        if (schema.isEmpty()) {
            throw UnreadableException.malformed("it is JSON, but no snapshot: it has no schema");
        }
        if (!schema.equals(Snapshot.SCHEMA)) {
            throw new UnreadableException(
                    Reason.NOT_SUPPORTED, "its schema is '" + schema + "'; this version reads " + Snapshot.SCHEMA);
        }
    }

    private static Snapshot snapshot(JsonFields fields) throws UnreadableException {
        List<Gpu> gpus = new ArrayList<>();
        for (JsonFields gpu : fields.objects("gpus")) {
            gpus.add(GpuFields.read(gpu));
        }
        List<EngineSnapshot> engines = new ArrayList<>();
        for (JsonFields engine : fields.objects("engines")) {
            engines.add(EngineFields.read(engine));
        }
        return new Snapshot(
                fields.instant("time"),
                agent(fields.object("agent")),
                new Snapshot.Machine(host(fields.object("host")), gpus),
                engines,
                totals(fields.object("totals")),
                FindingsFields.read(fields));
    }

    private static Snapshot.AgentInfo agent(JsonFields agent) throws UnreadableException {
        return new Snapshot.AgentInfo(
                agent.text("version"),
                agent.count("pid"),
                agent.number("tickSeconds"),
                agent.number("tookSeconds"),
                agent.flag("scanning"));
    }

    private static Host host(JsonFields host) throws UnreadableException {
        return new Host(
                host.text("name"),
                host.text("os"),
                host.text("architecture"),
                host.text("cpu"),
                host.smallCount("logicalCpus"),
                FigureFields.read(HostMetric.class, host, "", JsonGaps.of(host)));
    }

    private static Snapshot.Totals totals(JsonFields totals) throws UnreadableException {
        List<Metric> partial = new ArrayList<>();
        for (String name : totals.texts("partial")) {
            Codes.find(Metric.values(), Metric::jsonName, name).ifPresent(partial::add);
        }
        return new Snapshot.Totals(FigureFields.read(Metric.class, totals, "", JsonGaps.of(totals)), partial);
    }
}
