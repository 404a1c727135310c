// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.ProcessTable;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.discovery.SocketOwnership.OwnedListener;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Listening processes of an engine's tree beside the engine itself: those that hold the socket, and where sockets show no owner
 * (another user's Ollama, say) those whose command line names its port.
 */
final class Members {
    private final ProcessTable table;

    Members(ProcessTable table) {
        this.table = table;
    }

    List<Member> of(Survey survey, EngineTree tree, Place.Spot spot) {
        List<Member> members = new ArrayList<>();
        for (OwnedListener owned : tree.owned()) {
            Optional<ProcessEntry> owner =
                    owned.owners().stream().sorted().findFirst().flatMap(survey.view()::process);
            if (owner.isPresent() && isBeside(owned, spot)) {
                members.add(member(owned, owner.get()));
            }
        }
        for (long pid : tree.pids()) {
            if (pid != tree.main().pid() && pid != tree.root()) {
                survey.view()
                        .process(pid)
                        .ifPresent(process -> named(survey, process, spot).ifPresent(owned -> {
                            survey.found().taken().add(owned);
                            members.add(member(owned, process));
                        }));
            }
        }
        return members;
    }

    private static Member member(OwnedListener owned, ProcessEntry process) {
        Endpoint endpoint = Endpoint.tcp(
                NamedAddress.canonical(owned.listener().host()),
                owned.listener().port());
        return new Member(endpoint, Launches.briefly(process));
    }

    private static boolean isBeside(OwnedListener owned, Place.Spot spot) {
        return owned.listener().namespace() == 0
                && owned.listener().port() != spot.endpoint().port();
    }

    /** The socket without an owner on the port that a command line names, if its user is the process's. */
    private Optional<OwnedListener> named(Survey survey, ProcessEntry process, Place.Spot spot) {
        Launch launch = Launches.briefly(process);
        OptionalInt port = NamedAddress.of(launch).port();
        if (port.isEmpty()) {
            return Optional.empty();
        }
        List<OwnedListener> ownerless = ServingListeners.onPort(survey.listeners(), port.getAsInt()).stream()
                .filter(owned -> owned.owners().isEmpty() && isBeside(owned, spot) && !survey.isTaken(owned))
                .toList();
        if (ownerless.isEmpty()) {
            return Optional.empty();
        }
        OptionalInt uid = table.uidOf(process);
        return ownerless.stream()
                .filter(owned -> ServingListeners.mayBeOf(uid, owned))
                .findFirst();
    }
}
