// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.intel;

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

/** What processes use of the cards, by {@code fdinfo}. */
record Use(DrmClients.Seen seen, EngineTime engines) {
    /** Of nobody. */
    static final Use NONE = new Use(new DrmClients.Seen(Map.of(), true), new EngineTime());

    private static final Value<Double> FIRST = Value.unavailable(Reason.NO_SAMPLE_YET, "needs two samples");
    private static final String OTHERS =
            "the driver tells engine time by process, and those of other users may not be looked into; sudo llmtop may";

    /** Of the busiest engine, by the processes that may be looked into; where there is none of these, only root knows. */
    Value<Double> busy(String address) {
        OptionalDouble share = engines.ofCard(address);
        if (share.isPresent()) {
            return Value.of(share.getAsDouble());
        }
        if (seen.byPid().values().stream()
                .flatMap(List::stream)
                .anyMatch(client -> client.card().equals(address))) {
            return FIRST;
        }
        return seen.complete() ? Value.of(0.0) : Value.unavailable(Reason.NO_PERMISSION, OTHERS);
    }

    /** Resident bytes of the card's own memory, of all processes. */
    long cardMemory(String address) {
        return seen.byPid().values().stream()
                .flatMap(List::stream)
                .filter(client -> client.card().equals(address))
                .mapToLong(client -> bytes(client, false))
                .sum();
    }

    /** Who holds memory of a card, or keeps it busy; many hold one open that do neither. */
    List<Tenant> tenants(String address, boolean integrated) {
        List<Tenant> tenants = new ArrayList<>();
        seen.byPid().forEach((pid, clients) -> {
            List<DrmClient> own = clients.stream()
                    .filter(client -> client.card().equals(address))
                    .toList();
            long bytes =
                    own.stream().mapToLong(client -> bytes(client, integrated)).sum();
            OptionalDouble share = engines.ofProcess(address, pid);
            if (bytes > 0 || share.orElse(0) > 0) {
                tenants.add(new Tenant(
                        pid,
                        Value.of(bytes),
                        share.isPresent() ? Value.of(share.getAsDouble()) : FIRST,
                        Optional.empty(),
                        Attribution.NONE));
            }
        });
        return tenants;
    }

    /** A card's own memory is {@code local0} (i915) or {@code vram0} (xe); a processor's GPU has all of its in the RAM. */
    private static long bytes(DrmClient client, boolean integrated) {
        return client.memory().entrySet().stream()
                .filter(region -> integrated
                        || region.getKey().startsWith("local")
                        || region.getKey().startsWith("vram"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
