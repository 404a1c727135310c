// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.llmtop.agent.SnapshotFormat;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Host;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** The snapshot as the JSON contract {@code llmtop.snapshot/1} has it. Holds nothing but a factory. */
public final class SnapshotJson implements SnapshotFormat {
    private final JsonFactory factory = new JsonFactory();

    @Override
    public String json(Snapshot snapshot, boolean indented) {
        StringWriter text = new StringWriter(4_096);
        try (JsonGenerator out = factory.createGenerator(text)) {
            if (indented) {
                DefaultIndenter lines = new DefaultIndenter("  ", "\n");
                out.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(lines));
            }
            write(snapshot, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a text in memory could not be written", impossible);
        }
        return text.toString();
    }

    private static void write(Snapshot snapshot, JsonGenerator out) throws IOException {
        JsonScope top = new JsonScope(out, Map.of());
        out.writeStartObject();
        top.text("schema", Snapshot.SCHEMA);
        top.instant("time", snapshot.time());
        agent(snapshot.agent(), top);
        host(snapshot.machine().host(), out);
        out.writeArrayFieldStart("gpus");
        for (Gpu gpu : snapshot.machine().gpus()) {
            GpuJson.write(gpu, out);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("engines");
        for (EngineSnapshot engine : snapshot.engines()) {
            EngineJson.write(engine, out);
        }
        out.writeEndArray();
        totals(snapshot.totals(), out);
        scan(snapshot.findings().scan(), top);
        findings(snapshot.findings(), top);
        out.writeEndObject();
    }

    private static void agent(Snapshot.AgentInfo agent, JsonScope top) throws IOException {
        top.generator().writeObjectFieldStart("agent");
        top.text("version", agent.version());
        top.count("pid", agent.pid());
        top.number("tickSeconds", agent.tickSeconds());
        top.number("tookSeconds", agent.tookSeconds());
        top.flag("scanning", agent.scanning());
        top.generator().writeEndObject();
    }

    private static void host(Host host, JsonGenerator out) throws IOException {
        JsonScope scope = new JsonScope(out, Map.of());
        out.writeObjectFieldStart("host");
        scope.textUnlessEmpty("name", host.name(), Reason.NOT_SUPPORTED, "the system does not tell its name");
        scope.textUnlessEmpty("os", host.os(), Reason.NOT_SUPPORTED, "the system does not tell what it is");
        scope.textUnlessEmpty("architecture", host.architecture(), Reason.NOT_SUPPORTED, "not told by the system");
        scope.textUnlessEmpty("cpu", host.cpu(), Reason.NOT_SUPPORTED, "the system does not name its CPU");
        scope.count("logicalCpus", host.logicalCpus());
        scope.figures(host.figures(), "");
        scope.gaps();
        out.writeEndObject();
    }

    private static void totals(Snapshot.Totals totals, JsonGenerator out) throws IOException {
        JsonScope scope = new JsonScope(out, Map.of());
        out.writeObjectFieldStart("totals");
        scope.figures(totals.figures(), "");
        scope.texts(
                "partial",
                totals.partial().stream().map(Metric::jsonName).distinct().toList());
        if (scope.hasGaps()) {
            scope.gaps();
        }
        out.writeEndObject();
    }

    private static void scan(Scan scan, JsonScope top) throws IOException {
        JsonGenerator out = top.generator();
        out.writeObjectFieldStart("scan");
        top.count("processes", scan.processes().read());
        top.count("processesUnreadable", scan.processes().unreadable());
        top.count("listeners", scan.listeners().found());
        top.count("asked", scan.listeners().asked());
        top.count("leftAlone", scan.listeners().leftAlone());
        top.count("namespaces", scan.namespaces());
        out.writeArrayFieldStart("candidates");
        for (Scan.Candidate candidate : scan.candidates()) {
            out.writeStartObject();
            top.text("address", candidate.address());
            if (candidate.pid().isPresent()) {
                top.count("pid", candidate.pid().getAsLong());
            }
            top.text("verdict", candidate.verdict().code());
            top.text("why", candidate.why());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void findings(Snapshot.Findings findings, JsonScope top) throws IOException {
        JsonGenerator out = top.generator();
        out.writeArrayFieldStart("events");
        for (Snapshot.Event event : findings.events()) {
            out.writeStartObject();
            top.instant("time", event.time());
            top.text("kind", event.kind().code());
            top.text("engine", event.engine());
            top.text("model", event.model());
            top.text("detail", event.detail());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("problems");
        for (Snapshot.Problem problem : findings.problems()) {
            out.writeStartObject();
            top.text("source", problem.source());
            top.text("detail", problem.detail());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
