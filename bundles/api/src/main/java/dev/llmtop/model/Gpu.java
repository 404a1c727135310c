// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One GPU.
 *
 * @param identity which card it is
 * @param state whether it can be read
 * @param memory what kind of memory it has
 * @param figures of the moment
 * @param throttle reasons that hold the clocks down, harmless ones left out; names as the vendor has them
 * @param tenants who holds its memory, and its MIG instances
 */
public record Gpu(
        Identity identity,
        State state,
        Memory memory,
        Figures<GpuMetric> figures,
        List<String> throttle,
        Tenants tenants) {
    public Gpu {
        throttle = List.copyOf(throttle);
    }

    /**
     * Which card it is.
     *
     * @param index of the source; not stable between reboots
     * @param uuid stable identity; may be empty
     * @param vendor {@code nvidia}, {@code amd}, {@code intel}
     * @param driver version; may be empty
     * @param pciBusId may be empty
     */
    public record Identity(int index, String uuid, String vendor, String name, String driver, String pciBusId) {}

    /** Whether the card can be read. */
    public enum State {
        ACTIVE,
        /** In runtime suspend, left asleep. */
        ASLEEP,
        /** Fell off the bus. */
        LOST;

        /** The code of the JSON contract. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What kind of memory it has.
     *
     * @param unified whether GPU and CPU share one memory
     * @param totalSource {@code device} or {@code system}
     */
    public record Memory(boolean unified, String totalSource) {}

    /**
     * Who uses it.
     *
     * @param processes ordered by pid
     * @param mig MIG instances, ordered by index
     */
    public record Tenants(List<Tenant> processes, List<MigInstance> mig) {
        public Tenants {
            processes = List.copyOf(processes);
            mig = List.copyOf(mig);
        }
    }

    /**
     * A process on the GPU.
     *
     * @param pid as the driver reports it
     * @param memoryBytes GPU memory that it holds
     * @param smRatio its share of the SMs, 0..1
     * @param engine the id of the engine it belongs to; absent where nobody is known
     * @param command what runs in it: a program's file name, a module or a title, without arguments; absent where it is not known
     */
    public record Tenant(
            long pid,
            Value<Long> memoryBytes,
            Value<Double> smRatio,
            Optional<String> engine,
            Attribution attribution,
            Optional<String> command) {
        /** A process of which no more is known than what the driver says. */
        public Tenant(
                long pid,
                Value<Long> memoryBytes,
                Value<Double> smRatio,
                Optional<String> engine,
                Attribution attribution) {
            this(pid, memoryBytes, smRatio, engine, attribution, Optional.empty());
        }
    }

    /** A MIG instance. */
    public record MigInstance(
            int index,
            String uuid,
            String profile,
            Value<Long> memoryTotalBytes,
            Value<Long> memoryUsedBytes,
            List<Tenant> processes) {
        public MigInstance {
            processes = List.copyOf(processes);
        }
    }
}
