// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import dev.llmtop.agent.Adapters;
import dev.llmtop.agent.Agent;
import dev.llmtop.agent.GpuDiagnostics;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Text;
import dev.llmtop.shell.Table.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The commands of scope {@code llmtop}. They return objects; {@link Results} says how those read. */
@Component(name = "dev.llmtop.shell", service = Commands.class)
@GogoCommand(
        scope = "llmtop",
        function = {"engines", "engine", "gpus", "snapshot", "evidence", "adapters", "rediscover", "enable"})
public final class Commands {
    /** How long a command waits for the first scan: a script starts before that is over. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    private final Agent agent;
    private final Adapters adapters;
    private final List<GpuDiagnostics> diagnostics = new CopyOnWriteArrayList<>();

    /** Commands on a running agent. */
    @Activate
    public Commands(@Reference(name = "agent") Agent agent, @Reference(name = "adapters") Adapters adapters) {
        this.agent = agent;
        this.adapters = adapters;
    }

    /** The engines of the last snapshot. */
    @Descriptor("list the inference engines")
    public List<EngineSnapshot> engines(
            @Descriptor("with URL, version, process and latency")
                    @Parameter(
                            names = {"-w", "--wide"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean wide) {
        return new Table<>(latest().engines(), EngineColumns.of(wide));
    }

    /** One engine. */
    @Descriptor("show all that is known of one engine")
    public EngineSnapshot engine(@Descriptor("its id, or its port") String id) {
        Snapshot snapshot = latest();
        return find(snapshot, id).orElseThrow(() -> unknown(snapshot, id));
    }

    /** Who can say what the calls of its driver answered. */
    @Reference(name = "diagnostics", cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDiagnostics(GpuDiagnostics source) {
        diagnostics.add(source);
    }

    void unbindDiagnostics(GpuDiagnostics source) {
        diagnostics.remove(source);
    }

    /** The GPUs of the last snapshot, or the calls that told of them. */
    @Descriptor("list the GPUs")
    public List<?> gpus(
            @Descriptor("what each call of the driver answered, with its code")
                    @Parameter(
                            names = {"-r", "--raw"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean raw) {
        Snapshot snapshot = latest();
        if (!raw) {
            return new Table<>(snapshot.machine().gpus(), GpuColumns.all());
        }
        List<GpuDiagnostics.Call> calls = new ArrayList<>();
        diagnostics.forEach(source -> calls.addAll(source.calls()));
        return new Table<>(calls, GpuColumns.ofCalls());
    }

    /** The last snapshot. */
    @Descriptor("print the last snapshot as JSON")
    public Snapshot snapshot() {
        return latest();
    }

    /** Why an address is taken for what it is: evidence of an engine, or the verdict on a candidate. */
    @Descriptor("show why an address is taken for an engine, or is not")
    public List<?> evidence(@Descriptor("an engine's id or port, or the address of a candidate") String id) {
        Snapshot snapshot = latest();
        Optional<EngineSnapshot> engine = find(snapshot, id);
        if (engine.isPresent()) {
            return new Table<Evidence>(
                    engine.get().findings().evidence(),
                    List.of(
                            Column.text(
                                    "VERDICT", evidence -> evidence.verdict().code()),
                            Column.text("SIGNAL", Evidence::signal),
                            Column.text("SAYS", Evidence::says)));
        }
        List<Scan.Candidate> candidates = snapshot.findings().scan().candidates().stream()
                .filter(candidate -> matches(candidate.address(), id))
                .toList();
        if (candidates.isEmpty()) {
            throw unknown(snapshot, id);
        }
        return new Table<>(
                candidates,
                List.of(
                        Column.text("ADDRESS", Scan.Candidate::address),
                        Column.text("VERDICT", candidate -> candidate.verdict().code()),
                        Column.text("WHY", Scan.Candidate::why)));
    }

    /** Every adapter that is installed. */
    @Descriptor("list the engine adapters")
    public List<Adapters.Status> adapters() {
        return new Table<>(
                adapters.statuses(),
                List.of(
                        Column.text("KIND", Adapters.Status::kind),
                        Column.text("TITLE", Adapters.Status::title),
                        Column.text("STATE", Adapters.Status::state),
                        Column.text("BUNDLE", Adapters.Status::bundle),
                        Column.text("DETAIL", Adapters.Status::detail)));
    }

    /** Looks again, also at what was found to be no engine. */
    @Descriptor("look for engines again, also where none was found")
    public String rediscover() {
        agent.rediscover();
        return "looking again";
    }

    /** Switches an adapter on again after its faults. */
    @Descriptor("switch an adapter on again that was switched off after faults")
    public String enable(@Descriptor("its kind") String kind) {
        if (!adapters.enable(kind)) {
            throw new IllegalArgumentException("no adapter of kind '" + Text.clean(kind) + "' is switched off");
        }
        return kind + " is on again";
    }

    private Snapshot latest() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Snapshot snapshot = agent.latest();
        while (snapshot.agent().scanning()
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            snapshot = agent.latest();
        }
        return snapshot;
    }

    private static Optional<EngineSnapshot> find(Snapshot snapshot, String id) {
        Optional<EngineSnapshot> exact = snapshot.engine(id);
        if (exact.isPresent()) {
            return exact;
        }
        List<EngineSnapshot> close = snapshot.engines().stream()
                .filter(engine -> matches(engine.identity().id(), id))
                .toList();
        return close.size() == 1 ? Optional.of(close.get(0)) : Optional.empty();
    }

    /** Whether an address is meant: in whole, or by its port. */
    private static boolean matches(String address, String meant) {
        return address.equals(meant) || address.endsWith((meant.startsWith(":") ? "" : ":") + meant);
    }

    private static IllegalArgumentException unknown(Snapshot snapshot, String id) {
        List<String> ids = snapshot.engines().stream()
                .map(engine -> engine.identity().id())
                .toList();
        return new IllegalArgumentException("no engine '" + Text.clean(id) + "'; "
                + (ids.isEmpty() ? "there is none" : "there is " + String.join(", ", ids)));
    }
}
