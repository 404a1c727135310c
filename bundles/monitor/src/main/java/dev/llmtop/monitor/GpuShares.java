// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.agent.Cells;
import dev.llmtop.model.Attribution;
import dev.llmtop.model.EngineSnapshot.GpuShare;
import dev.llmtop.model.Gpu.Tenant;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What one engine holds of the GPUs, collected tenant by tenant. A sum is only known where every part of it is. */
final class GpuShares {
    private final TreeSet<Integer> indices = new TreeSet<>();
    private final Set<Long> pids = new TreeSet<>();
    private Value<Long> bytes = Value.of(0L);
    private Attribution weakest = Attribution.PID;
    private long largest = -1;
    private @Nullable String says;

    /** @param owner how the tenant was laid to the engine; empty where its source said so */
    void add(int index, Tenant tenant, Optional<Owners.Owner> owner) {
        indices.add(index);
        pids.add(tenant.pid());
        bytes = plus(bytes, tenant.memoryBytes());
        if (tenant.attribution().compareTo(weakest) > 0) {
            weakest = tenant.attribution();
        }
        long held = tenant.memoryBytes().known().orElse(0L);
        if (held > largest && owner.isPresent()) {
            largest = held;
            String amount = tenant.memoryBytes()
                    .known()
                    .map(known -> Cells.bytesInText(known))
                    .orElse("memory");
            says = "pid " + tenant.pid() + " holds " + amount + " of GPU " + index + " and "
                    + owner.get().says();
        }
    }

    private static Value<Long> plus(Value<Long> sum, Value<Long> part) {
        return sum instanceof Value.Known<Long> known ? part.map(more -> known.value() + more) : sum;
    }

    GpuShare share() {
        return new GpuShare(new ArrayList<>(indices), bytes, weakest);
    }

    /** Of the process that holds most. */
    Optional<String> evidence() {
        int others = pids.size() - 1;
        String more = others == 0 ? "" : " (and " + others + (others == 1 ? " more process)" : " more processes)");
        return Optional.ofNullable(says).map(line -> line + more);
    }
}
