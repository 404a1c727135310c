// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.Probes;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import dev.llmtop.spi.Endpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The memories of all engines, those that left not long ago included. Used by the tick's thread alone. */
final class Engines {
    /** How long an engine that left is remembered, so that one that comes back is known to be a restart. */
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);

    private final Duration window;
    private final Probes probes;
    private final Map<String, Resident> residents = new HashMap<>();

    Engines(Duration window, Probes probes) {
        this.window = window;
        this.probes = probes;
    }

    private static final class Resident {
        private final EngineMemory memory;
        private Endpoint endpoint;
        private boolean here = true;
        private long seenNanos;

        Resident(EngineMemory memory, Endpoint endpoint) {
            this.memory = memory;
            this.endpoint = endpoint;
        }
    }

    /**
     * What became of engines between two ticks.
     *
     * @param restarted another process took the place
     * @param returned the same engine was away and is there again
     */
    record Changes(Set<String> restarted, Set<String> returned) {
        Changes {
            restarted = Set.copyOf(restarted);
            returned = Set.copyOf(returned);
        }
    }

    /** Takes in what discovery found at this tick. */
    Changes update(List<Found> found, ProcessScan scan, long nanos) {
        Set<String> restarted = new HashSet<>();
        Set<String> returned = new HashSet<>();
        Set<String> here = new HashSet<>();
        for (Found engine : found) {
            here.add(engine.id());
            Resident resident = residents.get(engine.id());
            if (resident == null) {
                resident = new Resident(
                        new EngineMemory(window), engine.candidate().endpoint());
                residents.put(engine.id(), resident);
            }
            boolean anew = lives(engine, resident, scan);
            if (anew) {
                restarted.add(engine.id());
            } else if (!resident.here) {
                returned.add(engine.id());
            }
            resident.here = true;
            resident.endpoint = engine.candidate().endpoint();
            resident.seenNanos = nanos;
        }
        leave(here, scan, nanos);
        return new Changes(restarted, returned);
    }

    /** Notes the engine's process; whether it is another than before, which has ended. */
    private boolean lives(Found engine, Resident resident, ProcessScan scan) {
        Optional<ProcessEntry> main = engine.processes().main();
        if (main.isEmpty()) {
            return false;
        }
        ProcessEntry now = main.get();
        Optional<ProcessEntry> before = resident.memory.process();
        if (before.isPresent() && !isSame(before.get(), now) && !isAlive(before.get(), scan)) {
            resident.memory.beginAnew(now);
            probes.forget(engine.candidate().endpoint());
            return true;
        }
        resident.memory.livesIn(now);
        return false;
    }

    private void leave(Set<String> here, ProcessScan scan, long nanos) {
        residents.entrySet().removeIf(entry -> {
            Resident resident = entry.getValue();
            if (here.contains(entry.getKey())) {
                return false;
            }
            if (resident.here) {
                resident.here = false;
                forget(resident, scan);
            }
            return nanos - resident.seenNanos > REMEMBERED_FOR.toNanos();
        });
    }

    /** A process that only does not answer for a while is still the same one. */
    private void forget(Resident resident, ProcessScan scan) {
        boolean alive = resident.memory
                .process()
                .filter(process -> isAlive(process, scan))
                .isPresent();
        if (alive) {
            probes.forgetAnswers(resident.endpoint);
        } else {
            probes.forget(resident.endpoint);
        }
    }

    /** What is remembered of an engine that was found at this tick. */
    EngineMemory memory(String id) {
        Resident resident = residents.get(id);
        if (resident == null) {
            throw new IllegalArgumentException("never found: " + id);
        }
        return resident.memory;
    }

    private static boolean isAlive(ProcessEntry process, ProcessScan scan) {
        ProcessEntry now = scan.processes().get(process.pid());
        return now != null && isSame(now, process);
    }

    private static boolean isSame(ProcessEntry one, ProcessEntry other) {
        return one.pid() == other.pid() && one.startTicks() == other.startTicks();
    }
}
