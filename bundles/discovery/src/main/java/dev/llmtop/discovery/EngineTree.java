// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.discovery.SocketOwnership.OwnedListener;
import java.util.List;
import java.util.Set;

/**
 * The processes of one engine that its command line names.
 *
 * @param root the topmost of them
 * @param main the engine itself, below its wrappers
 * @param pids all of them
 * @param role of the root
 * @param named where the main process says that it listens
 * @param owned listeners that belong to the engine, by port
 */
record EngineTree(
        long root, ProcessEntry main, Set<Long> pids, ProcessRole role, NamedAddress named, List<OwnedListener> owned) {
    EngineTree {
        pids = Set.copyOf(pids);
        owned = List.copyOf(owned);
    }

    /** What its command line is taken for. */
    String title() {
        return role.titles().get(0);
    }

    /** Usual ports of the adapters whose command it is, the default one first. */
    List<Integer> defaultPorts(Survey survey) {
        return survey.adapters().stream()
                .filter(adapter -> role.kinds().contains(adapter.kind()))
                .map(AdapterDescriptor::signature)
                .flatMap(signature -> signature.ports().stream())
                .toList();
    }
}
