// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.drm;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The processes that hold a card open, and what they use of it. Looking through all open files is dear: a sample does a part of it
 * within its budget and goes on at the next; what was found is read anew each time. Not safe for several threads.
 */
public final class DrmClients {
    private static final String PROC = "/proc";
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final SystemFiles files;
    private final Duration budget;
    private final LongSupplier clock;
    private final Map<Long, Set<String>> open = new TreeMap<>();
    private final Set<Long> refused = new HashSet<>();
    private final Deque<Long> toLookAt = new ArrayDeque<>();
    private long roundBegan;
    private boolean begun;
    private boolean hidden;
    private int rounds;

    /**
     * @param budget for looking through open files in one sample
     * @param nanoClock {@link System#nanoTime}
     */
    public DrmClients(SystemFiles files, Duration budget, LongSupplier nanoClock) {
        this.files = files;
        this.budget = budget;
        this.clock = nanoClock;
    }

    /**
     * What was read.
     *
     * @param byPid the clients of each process, those that several processes share at the first of them alone
     * @param complete whether the open files of every process could be looked at
     */
    public record Seen(Map<Long, List<DrmClient>> byPid, boolean complete) {}

    /** The clients of the cards with these addresses. */
    public Seen read(Set<String> addresses) {
        look();
        Map<Long, List<DrmClient>> byPid = new LinkedHashMap<>();
        Set<String> counted = new HashSet<>();
        for (Iterator<Map.Entry<Long, Set<String>>> processes = open.entrySet().iterator(); processes.hasNext(); ) {
            Map.Entry<Long, Set<String>> process = processes.next();
            Map<String, DrmClient> clients = new TreeMap<>();
            for (String descriptor : process.getValue()) {
                client(process.getKey(), descriptor)
                        .filter(client ->
                                addresses.contains(client.card()) && counted.add(client.card() + " " + client.id()))
                        .ifPresent(client -> clients.put(client.card() + " " + client.id(), client));
            }
            if (!clients.isEmpty()) {
                byPid.put(process.getKey(), List.copyOf(clients.values()));
            } else if (!files.exists(PROC + "/" + process.getKey())) {
                processes.remove();
            }
        }
        return new Seen(byPid, rounds > 0 && refused.isEmpty() && !hidden);
    }

    private Optional<DrmClient> client(long pid, String descriptor) {
        return files.text(PROC + "/" + pid + "/fdinfo/" + descriptor).flatMap(DrmClient::parse);
    }

    private void look() {
        long now = clock.getAsLong();
        if (toLookAt.isEmpty() && (!begun || now - roundBegan >= LOOK_AGAIN.toNanos())) {
            begun = true;
            roundBegan = now;
            Set<Long> present = new HashSet<>();
            for (String name : files.names(PROC)) {
                if (name.matches("\\d{1,10}")) {
                    present.add(Long.valueOf(name));
                }
            }
            open.keySet().retainAll(present);
            refused.retainAll(present);
            toLookAt.addAll(present);
            // Every pid namespace has a first process: without it those of other users are left out of the list.
            hidden = !present.contains(1L);
        }
        boolean underWay = !toLookAt.isEmpty();
        while (!toLookAt.isEmpty() && clock.getAsLong() - now < budget.toNanos()) {
            lookAt(toLookAt.removeFirst());
        }
        rounds += underWay && toLookAt.isEmpty() ? 1 : 0;
    }

    private void lookAt(long pid) {
        String folder = PROC + "/" + pid + "/fd";
        Set<String> descriptors = new HashSet<>();
        Optional<List<String>> names = files.list(folder);
        for (String descriptor : names.orElse(List.of())) {
            if (files.link(folder + "/" + descriptor)
                    .filter(target -> target.startsWith("/dev/dri/"))
                    .isPresent()) {
                descriptors.add(descriptor);
            }
        }
        if (descriptors.isEmpty()) {
            open.remove(pid);
        } else {
            open.put(pid, descriptors);
        }
        if (names.isPresent()) {
            refused.remove(pid);
        } else {
            refused.add(pid);
        }
    }
}
