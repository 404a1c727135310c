// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes probes. The one place from which a request can leave. */
public interface Probes {
    /** A probe to one server under a permit; cheap, hold it or not. Connections and held answers are kept by endpoint. */
    Probe open(Target target, Permit permit);

    /** Closes connections to an endpoint and forgets what it answered: it is gone, or another process took its place. */
    void forget(Endpoint endpoint);

    /**
     * Forgets what an endpoint answered, so that it is asked anew, but not what it thinks of its key: the process is still the
     * same, and a key that it refused is not sent to it again.
     */
    default void forgetAnswers(Endpoint endpoint) {
        forget(endpoint);
    }

    /** Requests sent since the start, for every endpoint together. */
    long requestsSent();

    /** Whether this place speaks TLS: its endpoint says so, or its first plain answer did. */
    default boolean tls(Endpoint endpoint) {
        return endpoint.tls();
    }

    /** The most time that a scrape may take in all, as the user set it: what a {@link Permit} takes as its deadline. */
    default Duration timeout() {
        return Duration.ofSeconds(2);
    }

    /**
     * Where the key for an endpoint comes from, such as {@code LLMTOP_API_KEY}: never the key itself, and no word on whether it may
     * be sent. Empty where there is none for it.
     */
    default Optional<String> keySource(Endpoint endpoint) {
        return Optional.empty();
    }

    /** What stands in the way of asking, such as a key file that others can read: one line each. */
    default List<Problem> problems() {
        return List.of();
    }

    /**
     * Who is asked.
     *
     * @param arguments raw arguments of its process, for {@link Probe#file}; empty where they are not known
     * @param directory that relative file names stand in; empty where it is not known
     * @param members what {@link Probe#members} returns
     */
    record Target(Endpoint endpoint, List<String> arguments, String directory, List<Member> members) {
        public Target {
            arguments = List.copyOf(arguments);
            members = List.copyOf(members);
        }

        /** A server of which only the address is known. */
        public static Target of(Endpoint endpoint) {
            return new Target(endpoint, List.of(), "", List.of());
        }
    }

    /**
     * What may be asked.
     *
     * @param declared path templates of the adapter: anything else is {@code NOT_SAFE}
     * @param open of these, what may be sent now; the others are answered from what is held, else {@code NOT_SAFE}
     * @param memberPaths templates for members
     * @param heldFor an answer no older serves, whatever the request says
     * @param deadline for each request, in all
     * @param key whether a key may be sent after a 401 or 403: the endpoint is identified and of this machine
     */
    record Permit(
            Set<String> declared,
            Set<String> open,
            Set<String> memberPaths,
            Duration heldFor,
            Duration deadline,
            boolean key) {
        public Permit {
            declared = Set.copyOf(declared);
            open = Set.copyOf(open);
            memberPaths = Set.copyOf(memberPaths);
        }

        /** For an engine that an adapter claimed: all of its paths. */
        public static Permit forEngine(AdapterDescriptor adapter, Duration deadline, boolean key) {
            return new Permit(adapter.paths(), adapter.paths(), adapter.memberPaths(), Duration.ZERO, deadline, key);
        }
    }
}
