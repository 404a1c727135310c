// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.drm;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How busy clients keep the engines of cards, from the differences of their counters. A value below an earlier one is no step back:
 * the larger stands (Linux Documentation/gpu/drm-usage-stats.rst). Not safe for several threads.
 */
public final class EngineTime {
    private final Map<String, Counter> before = new HashMap<>();
    private final Map<String, Counter> now = new HashMap<>();
    private final Map<Key, Double> shares = new HashMap<>();

    private record Counter(long busy, long total) {}

    private record Key(String card, long pid, String engine) {}

    /**
     * Takes in one sample of all clients.
     *
     * @param nanos when, by {@link System#nanoTime}
     */
    public void see(DrmClients.Seen seen, long nanos) {
        now.clear();
        shares.clear();
        seen.byPid().forEach((pid, clients) -> clients.forEach(client -> see(pid, client, nanos)));
        before.clear();
        before.putAll(now);
    }

    private void see(long pid, DrmClient client, long nanos) {
        client.engineNanos().forEach((engine, busy) -> step(pid, client, engine, new Counter(busy, nanos)));
        client.cycles()
                .forEach((engine, cycles) -> step(pid, client, engine, new Counter(cycles.busy(), cycles.total())));
    }

    private void step(long pid, DrmClient client, String engine, Counter counter) {
        String key = client.card() + " " + client.id() + " " + engine;
        Counter earlier = before.get(key);
        Counter kept = earlier == null
                ? counter
                : new Counter(Math.max(counter.busy(), earlier.busy()), Math.max(counter.total(), earlier.total()));
        now.put(key, kept);
        if (earlier != null && kept.total() > earlier.total()) {
            double share = (kept.busy() - earlier.busy()) / (double) (kept.total() - earlier.total());
            long several = Math.max(1, client.capacity().getOrDefault(engine, 1L));
            shares.merge(new Key(client.card(), pid, engine), share / several, Double::sum);
        }
    }

    /** The share of the busiest engine of a card, all processes together, 0..1; empty before the second sample. */
    public OptionalDouble ofCard(String card) {
        Map<String, Double> byEngine = new HashMap<>();
        shares.forEach((key, share) -> {
            if (key.card().equals(card)) {
                byEngine.merge(key.engine(), share, Double::sum);
            }
        });
        return busiest(byEngine);
    }

    /** The share that a process has of the engine it keeps busiest, 0..1; empty before its second sample. */
    public OptionalDouble ofProcess(String card, long pid) {
        Map<String, Double> byEngine = new HashMap<>();
        shares.forEach((key, share) -> {
            if (key.card().equals(card) && key.pid() == pid) {
                byEngine.merge(key.engine(), share, Double::sum);
            }
        });
        return busiest(byEngine);
    }

    private static OptionalDouble busiest(Map<String, Double> byEngine) {
        return byEngine.values().stream()
                .mapToDouble(share -> Math.min(1, Math.max(0, share)))
                .max();
    }
}
