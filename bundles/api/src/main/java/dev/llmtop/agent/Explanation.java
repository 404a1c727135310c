// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.model.Evidence;
import dev.llmtop.model.Snapshot.Problem;
import java.util.List;
import java.util.OptionalLong;

/**
 * What discovery would do about a scene: whom it would ask, what and why, and whom it leaves alone. Made without a request.
 *
 * @param candidates in the order in which they would be asked
 * @param leftAlone by reason, the most frequent first
 * @param problems what stood in the way of looking
 */
public record Explanation(List<Considered> candidates, List<LeftAlone> leftAlone, List<Problem> problems) {
    /** Of a discovery that cannot explain itself. */
    public static final Explanation NOTHING = new Explanation(List.of(), List.of(), List.of());

    public Explanation {
        candidates = List.copyOf(candidates);
        leftAlone = List.copyOf(leftAlone);
        problems = List.copyOf(problems);
    }

    /**
     * An address that would be asked.
     *
     * @param address canonical, as an engine's id
     * @param alsoAt further addresses of the same listener
     * @param pid of its process, where known
     * @param title of the engine that its process names; empty where it names none
     * @param evidence what points at it
     * @param requests what it would get, in order; empty where it does not listen
     * @param never what it would not get, whatever it answers
     * @param key whether, when and from where it would get a key: one line for a person, never the key; empty where nobody said
     */
    public record Considered(
            String address,
            List<String> alsoAt,
            OptionalLong pid,
            String title,
            List<Evidence> evidence,
            List<Requests> requests,
            List<Requests> never,
            String key) {
        public Considered {
            alsoAt = List.copyOf(alsoAt);
            evidence = List.copyOf(evidence);
            requests = List.copyOf(requests);
            never = List.copyOf(never);
        }

        /** One of whose key nothing is said. */
        public Considered(
                String address,
                List<String> alsoAt,
                OptionalLong pid,
                String title,
                List<Evidence> evidence,
                List<Requests> requests,
                List<Requests> never) {
            this(address, alsoAt, pid, title, evidence, requests, never, "");
        }
    }

    /**
     * Requests that belong together.
     *
     * @param why when and why they are sent, or why never
     * @param paths templates, in order; empty where words must do
     */
    public record Requests(String why, List<String> paths) {
        public Requests {
            paths = List.copyOf(paths);
        }
    }

    /**
     * Addresses that see no request.
     *
     * @param addresses canonical, ordered
     */
    public record LeftAlone(String why, List<String> addresses) {
        public LeftAlone {
            addresses = List.copyOf(addresses);
        }
    }
}
