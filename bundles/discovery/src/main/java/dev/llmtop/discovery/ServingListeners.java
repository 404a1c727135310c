// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.discovery.SocketOwnership.OwnedListener;
import dev.llmtop.model.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The listeners of an engine's tree that serve. Where the command line names a port, only that one; else a usual port of its kind;
 * else those of the engine's own process. Ports of its workers are no HTTP and never answer.
 *
 * @param evidence what says so
 */
record ServingListeners(List<OwnedListener> listeners, Evidence evidence) {
    ServingListeners {
        listeners = List.copyOf(listeners);
    }

    /**
     * Of all listeners of a tree, those that serve; empty where none does.
     *
     * @param uid of its process, where known: a socket of another user that shows no owner is not its own
     */
    static Optional<ServingListeners> of(Survey survey, EngineTree tree, OptionalInt uid) {
        List<OwnedListener> here = tree.owned().stream()
                .filter(owned -> owned.listener().namespace() == 0)
                .toList();
        if (tree.named().port().isPresent()) {
            int port = tree.named().port().getAsInt();
            List<OwnedListener> named = onPort(here, port);
            return named.isEmpty()
                    ? ownerless(survey, uid, port, "the port that its command line names")
                    : serving(named, "listens on " + port + ", which its command line names");
        }
        List<Integer> defaults = tree.defaultPorts(survey);
        for (int port : defaults) {
            List<OwnedListener> usual = onPort(here, port);
            if (!usual.isEmpty()) {
                return serving(usual, "listens on " + port + ", a usual port of " + tree.title());
            }
        }
        List<OwnedListener> own = here.stream()
                .filter(owned -> owned.owners().contains(tree.main().pid())
                        || owned.owners().contains(tree.root()))
                .toList();
        if (!own.isEmpty()) {
            return serving(own, "the listener of the process itself");
        }
        return here.isEmpty() && !defaults.isEmpty()
                ? ownerless(survey, uid, defaults.get(0), "the usual port of " + tree.title())
                : Optional.empty();
    }

    private static Optional<ServingListeners> serving(List<OwnedListener> listeners, String says) {
        return Optional.of(new ServingListeners(listeners, Evidence.supporting("port", says)));
    }

    /** Sockets of another user show no owner: the port alone says whose one may be, and its answer must prove it. */
    private static Optional<ServingListeners> ownerless(Survey survey, OptionalInt uid, int port, String what) {
        List<OwnedListener> listeners = survey.listeners().stream()
                .filter(owned -> owned.listener().namespace() == 0
                        && owned.listener().port() == port
                        && owned.owners().isEmpty()
                        && mayBeOf(uid, owned)
                        && !survey.isTaken(owned))
                .toList();
        return listeners.isEmpty()
                ? Optional.empty()
                : Optional.of(new ServingListeners(
                        listeners, Evidence.unreadable("owner", "socket of another user on " + port + ", " + what)));
    }

    /** Whether a user may have made a socket; yes, where either is not known. */
    static boolean mayBeOf(OptionalInt uid, OwnedListener owned) {
        int maker = owned.listener().uid();
        return uid.isEmpty() || maker < 0 || maker == uid.getAsInt();
    }

    /** Those of our own network namespace on one port. */
    static List<OwnedListener> onPort(List<OwnedListener> listeners, int port) {
        return listeners.stream()
                .filter(owned ->
                        owned.listener().namespace() == 0 && owned.listener().port() == port)
                .toList();
    }
}
