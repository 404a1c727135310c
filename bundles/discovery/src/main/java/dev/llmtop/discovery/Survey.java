// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.agent.AdapterDescriptor;
import dev.llmtop.discovery.SocketOwnership.OwnedListener;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What one scan holds for the finding of places, and what was found so far.
 *
 * @param view the processes
 * @param listeners those of our network namespace and of others
 * @param gpu processes that hold GPU memory
 * @param adapters that work
 * @param found so far
 */
record Survey(
        ProcessView view, List<OwnedListener> listeners, Set<Long> gpu, List<AdapterDescriptor> adapters, Found found) {
    /** Places, addresses that a rule leaves alone, and listeners that already belong to one or the other. */
    record Found(List<Place> places, List<Scan.Candidate> leftAlone, Set<OwnedListener> taken) {
        Found() {
            this(new ArrayList<>(), new ArrayList<>(), new HashSet<>());
        }
    }

    Survey(ProcessView view, List<OwnedListener> listeners, Set<Long> gpu, List<AdapterDescriptor> adapters) {
        this(view, listeners, gpu, adapters, new Found());
    }

    void leaveAlone(String address, OptionalLong pid, String why) {
        found.leftAlone().add(new Scan.Candidate(address, pid, Verdict.LEFT_ALONE, why));
    }

    boolean isTaken(OwnedListener listener) {
        return found.taken().contains(listener);
    }

    boolean holdsGpu(Set<Long> pids) {
        return pids.stream().anyMatch(gpu::contains);
    }
}
