// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.amd;

import dev.llmtop.gpu.drm.DrmClient;
import dev.llmtop.gpu.drm.DrmClients;
import dev.llmtop.gpu.drm.EngineTime;
import dev.llmtop.model.Attribution;
import dev.llmtop.model.Gpu.Tenant;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who holds memory of the cards, by both ways in which a process reaches one: the graphics device ({@code fdinfo}, of processes that
 * this user may look into) and ROCm's compute device (of all). What a process allocated through one may show in the other too, so the
 * larger figure of VRAM counts, never their sum. A GPU inside a processor uses the RAM through GTT, which is added there.
 */
record Tenancy(DrmClients.Seen clients, EngineTime engines, ComputeProcesses.Seen compute) {
    /** Nobody. */
    static final Tenancy NONE =
            new Tenancy(new DrmClients.Seen(Map.of(), true), new EngineTime(), ComputeProcesses.Seen.NOTHING);

    private static final String NO_TIME = "the driver tells no engine time of what computes through ROCm";
    private static final String FIRST = "needs two samples";

    /** The tenants of a card, by pid. */
    List<Tenant> of(String address, boolean unified) {
        Set<Long> pids = new TreeSet<>(clients.byPid().keySet());
        pids.addAll(compute.bytes().keySet());
        List<Tenant> tenants = new ArrayList<>();
        for (long pid : pids) {
            List<DrmClient> own = clients.byPid().getOrDefault(pid, List.of()).stream()
                    .filter(client -> client.card().equals(address))
                    .toList();
            Optional<Long> computing = Optional.ofNullable(
                    compute.bytes().getOrDefault(pid, Map.of()).get(address));
            if (!own.isEmpty() || computing.isPresent()) {
                long bytes = Math.max(sum(own, "vram"), computing.orElse(0L)) + (unified ? sum(own, "gtt") : 0);
                tenants.add(
                        new Tenant(pid, Value.of(bytes), share(address, pid, own), Optional.empty(), Attribution.NONE));
            }
        }
        return tenants;
    }

    private Value<Double> share(String address, long pid, List<DrmClient> own) {
        OptionalDouble share = engines.ofProcess(address, pid);
        if (share.isPresent()) {
            return Value.of(share.getAsDouble());
        }
        boolean timed = own.stream().anyMatch(client -> !client.engineNanos().isEmpty());
        return timed
                ? Value.unavailable(Reason.NO_SAMPLE_YET, FIRST)
                : Value.unavailable(Reason.NOT_SUPPORTED, NO_TIME);
    }

    private static long sum(List<DrmClient> clients, String region) {
        return clients.stream()
                .mapToLong(client -> client.memory().getOrDefault(region, 0L))
                .sum();
    }
}
