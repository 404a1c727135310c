// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.agent.ProcessTable.ProcessScan;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Scan;
import dev.llmtop.model.State;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Member;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds engines: signals, candidates, identification. Remembers what it knows between calls. */
public interface Discovery {
    /**
     * The engines now. Those known before are not asked again until their process, their listener or the set of adapters changes.
     * What is not identified within the budget goes on in the background and stands in a later answer.
     */
    Discovered discover(Scene scene);

    /** What {@link #discover} would ask of a scene of which nothing is known yet. Sends nothing and remembers nothing. */
    default Explanation explain(Scene scene) {
        return Explanation.NOTHING;
    }

    /** Forgets what was found not to be an engine, so that it is asked again. */
    void forgetNegatives();

    /**
     * What is known at this tick.
     *
     * @param gpuProcesses pids that hold GPU memory
     * @param budget for the identification of new candidates
     */
    record Scene(ProcessScan processes, Set<Long> gpuProcesses, Duration budget) {
        public Scene {
            gpuProcesses = Set.copyOf(gpuProcesses);
        }
    }

    /**
     * What there is.
     *
     * @param engines ordered by id
     * @param complete whether every candidate of this scene has its verdict
     */
    record Discovered(List<Found> engines, Scan scan, boolean complete) {
        public Discovered {
            engines = List.copyOf(engines);
        }
    }

    /**
     * One engine.
     *
     * @param kind of the adapter that claims it; empty while it is being identified or its adapter has gone
     * @param title for a person
     * @param candidate where it is and how it was started
     * @param match what the adapter said; {@link Match#none()} while there is none
     * @param state LOADING, IDENTIFYING or what the match says
     * @param processes which belong to it
     * @param evidence strongest first
     * @param access what a probe to it needs beyond its address
     */
    record Found(
            String kind,
            String title,
            Candidate candidate,
            Match match,
            State state,
            Processes processes,
            List<Evidence> evidence,
            Access access) {
        public Found {
            evidence = List.copyOf(evidence);
        }

        /** One of which no more is known. */
        public Found(
                String kind,
                String title,
                Candidate candidate,
                Match match,
                State state,
                Processes processes,
                List<Evidence> evidence) {
            this(kind, title, candidate, match, state, processes, evidence, Access.NONE);
        }

        /** Its canonical address. */
        public String id() {
            return candidate.endpoint().id();
        }
    }

    /**
     * What a probe to an engine needs beyond its address.
     *
     * @param members listening processes of its tree, for {@link dev.llmtop.agent.Probes.Target#members}
     * @param key whether a key may be sent after a 401 or 403: it is named by a distinctive answer, by its process, or by the user
     */
    record Access(List<Member> members, boolean key) {
        /** No members, no key. */
        public static final Access NONE = new Access(List.of(), false);

        public Access {
            members = List.copyOf(members);
        }
    }

    /**
     * The processes and addresses of an engine.
     *
     * @param main the one that listens, or the launcher; empty where it is not known
     * @param tree all of them, the main one included
     * @param alsoAt further addresses of the same listener
     */
    record Processes(Optional<ProcessTable.ProcessEntry> main, Set<Long> tree, List<String> alsoAt) {
        public Processes {
            tree = Set.copyOf(tree);
            alsoAt = List.copyOf(alsoAt);
        }
    }
}
