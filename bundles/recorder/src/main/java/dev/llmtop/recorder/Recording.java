// SPDX-License-Identifier: MIT
package dev.llmtop.recorder;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.Discovery;
import dev.llmtop.agent.Probes;
import dev.llmtop.agent.ProcessTable;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Probe;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One recording: who claims the port, what it is answered, what is written. */
final class Recording {
    private static final Duration BUDGET = Duration.ofSeconds(5);
    private static final int MOST_LOOKS = 4;

    private final ProcessTable table;
    private final Discovery discovery;
    private final Adapters adapters;
    private final Probes probes;

    Recording(ProcessTable table, Discovery discovery, Adapters adapters, Probes probes) {
        this.table = table;
        this.discovery = discovery;
        this.adapters = adapters;
        this.probes = probes;
    }

    /**
     * Records.
     *
     * @param pause between the two readings
     * @return what was done, a line each
     * @throws IOException with a line for a person, where there is nothing to record or it cannot be written
     */
    List<String> run(int port, CaseWriter writer, Pause pause) throws IOException, InterruptedException {
        Discovery.Found found = found(port);
        Adapters.Guarded adapter =
                adapters.find(found.kind()).orElseThrow(() -> new IOException("its adapter has gone meanwhile"));
        ListeningProbe probe = new ListeningProbe(open(found, adapter.descriptor()));
        adapter.detect(found.candidate(), probe);
        Engine engine = new Engine(found.id(), found.candidate(), found.match(), Optional.empty());
        Value<Description> description = adapter.describe(engine, probe);
        Engine described = new Engine(engine.id(), engine.candidate(), engine.match(), description.known());
        adapter.metrics(described, probe);
        pause.once();
        adapter.metrics(described, probe);
        List<Exchange> heard = probe.heard();
        if (heard.isEmpty()) {
            throw new IOException(found.id() + " is " + found.kind() + ", but it answered nothing to be recorded");
        }
        List<String> lines = new ArrayList<>();
        lines.add(found.id() + " is " + found.title() + " (" + found.kind() + "), state "
                + found.state().name().toLowerCase(Locale.ROOT) + "; only what its adapter asks is recorded");
        Map<String, String> about = new LinkedHashMap<>();
        about.put("engine", found.kind());
        about.put(
                "version",
                described
                        .description()
                        .flatMap(known -> known.version().known())
                        .orElse(""));
        about.put("recorded", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        lines.addAll(writer.write(about, argv(found), heard));
        return lines;
    }

    /** Waits between two readings. */
    @FunctionalInterface
    interface Pause {
        void once() throws InterruptedException;
    }

    private Probe open(Discovery.Found found, AdapterDescriptor adapter) {
        Optional<ProcessEntry> main = found.processes().main();
        Probes.Target target = new Probes.Target(
                found.candidate().endpoint(),
                main.map(ProcessEntry::argv).orElse(List.of()),
                main.flatMap(table::directoryOf).orElse(""),
                found.access().members());
        return probes.open(
                target,
                Probes.Permit.forEngine(
                        adapter, probes.timeout(), found.access().key()));
    }

    private Discovery.Found found(int port) throws IOException {
        ProcessScan scan = only(port);
        Optional<Discovery.Found> best = Optional.empty();
        for (int look = 0; look < MOST_LOOKS && best.isEmpty(); look++) {
            Discovery.Discovered seen = discovery.discover(new Discovery.Scene(scan, Set.of(), BUDGET));
            best = seen.engines().stream()
                    .filter(engine -> engine.candidate().endpoint().port() == port
                            && !engine.kind().isEmpty())
                    .findFirst();
            if (seen.complete()) {
                break;
            }
        }
        return best.orElseThrow(() -> new IOException("nothing at port " + port
                + " that an installed adapter claims; llmtop --explain shows" + " who is asked what"));
    }

    /** The scan without all that has nothing to do with the port: nobody else is asked. */
    private ProcessScan only(int port) {
        ProcessScan all = table.scan();
        List<ProcessTable.Listener> listeners = all.listeners().stream()
                .filter(listener -> listener.port() == port)
                .toList();
        Set<Long> owners = table
                .owners(listeners.stream().map(ProcessTable.Listener::inode).collect(Collectors.toSet()))
                .values()
                .stream()
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        Map<Long, ProcessEntry> kept = new HashMap<>();
        owners.forEach(pid -> keepWithAncestors(all, pid, kept));
        return new ProcessScan(kept, listeners, all.unreadable(), all.namespaces(), List.of(), all.stamp());
    }

    private static void keepWithAncestors(ProcessScan all, long pid, Map<Long, ProcessEntry> kept) {
        ProcessEntry process = all.processes().get(pid);
        while (process != null && kept.put(process.pid(), process) == null) {
            process = all.processes().get(process.parent());
        }
    }

    private static List<String> argv(Discovery.Found found) {
        Optional<Launch> launch = found.candidate().launch();
        List<String> argv = new ArrayList<>();
        launch.ifPresent(known -> {
            argv.add(known.program());
            argv.addAll(known.arguments());
        });
        return argv;
    }
}
