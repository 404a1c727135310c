// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.EngineSnapshot.Findings;
import dev.llmtop.model.EngineSnapshot.Freshness;
import dev.llmtop.model.EngineSnapshot.GpuShare;
import dev.llmtop.model.EngineSnapshot.Identity;
import dev.llmtop.model.EngineSnapshot.Measured;
import dev.llmtop.model.EngineSnapshot.Placement;
import dev.llmtop.model.EngineSnapshot.RemoteBackend;
import dev.llmtop.model.EngineSnapshot.Serving;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ProcessInfo;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.Source;
import dev.llmtop.model.State;
import dev.llmtop.model.Text;
import dev.llmtop.model.Value;
import dev.llmtop.model.Value.Unavailable;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Puts together one engine of a snapshot. Pure: everything that it needs is handed over.
 *
 * @param found what discovery says
 * @param view what is remembered
 * @param derived the figures of the window
 * @param surroundings what the rest of the machine says of it
 * @param now the snapshot's time
 */
record EngineAssembly(Found found, View view, Derived derived, Surroundings surroundings, Stamp now) {
    /** How kinds stand while nobody claims the address. */
    static final String NO_KIND = "unknown";

    /** The signal of the evidence that says why the last scrape failed. */
    static final String SCRAPE = "scrape";

    /**
     * What the rest of the machine says of an engine.
     *
     * @param kind of the adapter, or the one it had before; {@link #NO_KIND} where there is none
     * @param url base URL, with the scheme that it really speaks
     * @param process its processes
     * @param gpu its share of the GPUs, and all GPUs
     * @param behind what stands behind it
     * @param graceNanos how long figures of an engine that does not answer stand
     */
    record Surroundings(
            String kind, String url, Optional<ProcessInfo> process, GpuView gpu, Behind behind, long graceNanos) {}

    /**
     * What stands behind a router.
     *
     * @param backends ids of other engines of this machine
     * @param remote what is on another
     * @param evidence of what is behind it, strongest first
     * @param router whether it passes requests on, whatever its adapter says
     */
    record Behind(List<String> backends, List<RemoteBackend> remote, List<Evidence> evidence, boolean router) {
        /** Nothing: an engine. */
        static final Behind NOTHING = new Behind(List.of(), List.of(), List.of(), false);
    }

    /**
     * An engine's share of the GPUs.
     *
     * @param evidence by which process it has the share
     * @param energy of all GPUs
     */
    record GpuView(Optional<GpuShare> share, Optional<Evidence> evidence, TokensPerJoule energy) {}

    EngineSnapshot snapshot() {
        State state = States.of(found, view);
        Role role = surroundings.behind().router()
                ? Role.ROUTER
                : view.description().map(Description::role).orElse(Role.ENGINE);
        Map<String, Unavailable<?>> unavailable = new LinkedHashMap<>();
        EngineFigures figures = new EngineFigures(this, role, state);
        figures.wholly().ifPresent(reason -> unavailable.put("metrics", reason));
        List<ModelSnapshot> models = new Models(view.window(), figures.models()).merge(view.description());
        notFoundOut(state, models, unavailable);
        return new EngineSnapshot(
                new Identity(found.id(), surroundings.kind(), title(), version(state), role, state),
                placement(),
                models,
                serving(),
                measured(figures),
                new Findings(evidence(), unavailable));
    }

    private String title() {
        return found.match().title().orElse(found.title());
    }

    private Value<String> version(State state) {
        return view.description()
                .map(Description::version)
                .orElseGet(() -> undescribed(state).as());
    }

    private Unavailable<?> undescribed(State state) {
        return view.undescribed().isPresent() ? view.undescribed().get() : States.reason(found, state);
    }

    private Placement placement() {
        Endpoint endpoint = found.candidate().endpoint();
        return new Placement(
                surroundings.url(),
                endpoint.port() == 0 ? OptionalInt.empty() : OptionalInt.of(endpoint.port()),
                found.processes().alsoAt(),
                surroundings.process(),
                surroundings.gpu().share());
    }

    private Serving serving() {
        Map<String, Object> config = view.description().map(Description::config).orElse(Map.of());
        return new Serving(
                config, surroundings.behind().backends(), surroundings.behind().remote());
    }

    private Measured measured(EngineFigures figures) {
        Optional<Reading> last = view.last();
        Map<Metric, Source> sources = last.map(Reading::sources).orElse(Map.of());
        Map<String, Double> extra = last.map(Reading::extra).orElse(Map.of());
        return new Measured(figures.figures(), sources, extra, last.map(this::freshness));
    }

    /** That the last scrape failed stands here: its figures may still be the last ones, and show no reason. */
    private List<Evidence> evidence() {
        List<Evidence> evidence = new ArrayList<>(found.evidence());
        // Discovery says that its processes hold GPU memory; this says which.
        surroundings.gpu().evidence().ifPresent(exact -> {
            evidence.removeIf(vague -> vague.signal().equals(exact.signal()));
            evidence.add(exact);
        });
        evidence.addAll(surroundings.behind().evidence());
        view.failure()
                .map(View.Failure::why)
                .ifPresent(why -> evidence.add(
                        Evidence.unreadable(SCRAPE, why.reason().code() + ": " + Text.clean(why.detail()))));
        return evidence;
    }

    private Freshness freshness(Reading reading) {
        return new Freshness(reading.stamp().time(), Math.max(0, now.secondsSince(reading.stamp())));
    }

    private void notFoundOut(State state, List<ModelSnapshot> models, Map<String, Unavailable<?>> unavailable) {
        view.description().map(Description::unavailable).orElse(Map.of()).forEach(unavailable::putIfAbsent);
        if (view.description().isEmpty()) {
            unavailable.put("config", undescribed(state));
            if (models.isEmpty()) {
                unavailable.put("models", undescribed(state));
            }
        }
        if (surroundings.process().isEmpty()) {
            unavailable.putIfAbsent(
                    "process",
                    new Unavailable<>(Reason.NO_PERMISSION, "the owner of its socket is not to be seen by this user"));
        }
    }

    /** The name that a person knows it by. */
    String titleForReasons() {
        return title();
    }
}
