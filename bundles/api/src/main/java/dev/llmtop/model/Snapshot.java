// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that llmtop knows at one moment.
 *
 * @param time when the tick ended, UTC
 * @param agent who says so
 * @param machine the host and its GPUs
 * @param engines each engine once, ordered by id
 * @param totals sums over the engines
 * @param findings what was scanned, what happened, what the agent could not do
 */
public record Snapshot(
        Instant time,
        AgentInfo agent,
        Machine machine,
        List<EngineSnapshot> engines,
        Totals totals,
        Findings findings) {
    /** The name of the JSON contract. */
    public static final String SCHEMA = "llmtop.snapshot/1";

    public Snapshot {
        engines = List.copyOf(engines);
    }

    /** The engine with this id. */
    public Optional<EngineSnapshot> engine(String id) {
        return engines.stream()
                .filter(engine -> engine.identity().id().equals(id))
                .findFirst();
    }

    /**
     * The program that made the snapshot.
     *
     * @param version of llmtop
     * @param pid of its process
     * @param tickSeconds the interval between ticks
     * @param tookSeconds how long the tick took, monotonic
     * @param scanning whether the first scan is not over
     */
    public record AgentInfo(String version, long pid, double tickSeconds, double tookSeconds, boolean scanning) {}

    /**
     * The machine.
     *
     * @param host always there, also where all of its figures are unknown
     * @param gpus by index; empty where there is none or none can be read (then {@link Findings#problems} says why)
     */
    public record Machine(Host host, List<Gpu> gpus) {
        public Machine {
            gpus = List.copyOf(gpus);
        }
    }

    /**
     * Sums over engines; routers are left out since their backends count. A sum is absent where no engine has the figure.
     *
     * @param figures of {@link Metric#RUNNING}, {@link Metric#WAITING}, {@link Metric#PROMPT_TOKENS_PER_SECOND},
     *     {@link Metric#GENERATION_TOKENS_PER_SECOND}, {@link Metric#TOKENS_PER_JOULE}
     * @param partial the sums that miss a part
     */
    public record Totals(Figures<Metric> figures, List<Metric> partial) {
        public Totals {
            partial = List.copyOf(partial);
        }
    }

    /**
     * What the agent did and met.
     *
     * @param scan of processes and listeners
     * @param events since the snapshot before
     * @param problems what the agent itself could not do
     */
    public record Findings(Scan scan, List<Event> events, List<Problem> problems) {
        public Findings {
            events = List.copyOf(events);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Something that happened.
     *
     * @param time when it was seen
     * @param engine the engine's id; absent where it concerns none
     * @param model the model's id; absent where it concerns none
     * @param detail one line for a person
     */
    public record Event(Instant time, EventKind kind, Optional<String> engine, Optional<String> model, String detail) {}

    /**
     * What the agent could not do.
     *
     * @param source the part that failed, such as {@code nvml} or an adapter's kind
     * @param detail one line, never a stack trace
     */
    public record Problem(String source, String detail) {}
}
