// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * One inference engine or router.
 *
 * @param identity what it is
 * @param placement where it is
 * @param models what it serves
 * @param serving how it is configured and what stands behind it
 * @param measured its figures
 * @param findings why it is taken for what it is, and what could not be found out
 */
public record EngineSnapshot(
        Identity identity,
        Placement placement,
        List<ModelSnapshot> models,
        Serving serving,
        Measured measured,
        Findings findings) {
    public EngineSnapshot {
        models = List.copyOf(models);
    }

    /**
     * What it is.
     *
     * @param id its canonical address, such as {@code 127.0.0.1:8000}, {@code [::1]:9106}, {@code unix:/run/v.sock}
     * @param kind the adapter's id, {@code [a-z][a-z0-9]*}
     * @param title the product's name for a person
     */
    public record Identity(String id, String kind, String title, Value<String> version, Role role, State state) {}

    /**
     * Where it is.
     *
     * @param url base URL
     * @param port absent for a Unix socket
     * @param alsoAt other addresses of the same listener, {@code host:port}
     * @param process absent where its owner is unknown; then {@link Findings#unavailable} says why
     * @param gpu its share of the GPUs; absent where it holds none that is known
     */
    public record Placement(
            String url, OptionalInt port, List<String> alsoAt, Optional<ProcessInfo> process, Optional<GpuShare> gpu) {
        public Placement {
            alsoAt = List.copyOf(alsoAt);
        }
    }

    /**
     * Its share of the GPUs.
     *
     * @param indices of the GPUs, ascending
     * @param memoryBytes over all of them
     * @param attribution the weakest link by which memory was laid to it
     */
    public record GpuShare(List<Integer> indices, Value<Long> memoryBytes, Attribution attribution) {
        public GpuShare {
            indices = List.copyOf(indices);
        }
    }

    /**
     * How it is configured and what stands behind it.
     *
     * @param config flags of the engine that a person wants to see, in camel case: {@code Long}, {@code Double},
     *     {@code Boolean} or {@code String} values, redacted
     * @param backends ids of engines of this machine behind a router
     */
    public record Serving(Map<String, Object> config, List<String> backends, List<RemoteBackend> remoteBackends) {
        public Serving {
            config = Collections.unmodifiableMap(new TreeMap<>(config));
            backends = List.copyOf(backends);
            remoteBackends = List.copyOf(remoteBackends);
        }
    }

    /** A backend on another machine. */
    public record RemoteBackend(String host, String model) {}

    /**
     * Its figures.
     *
     * @param metrics known, unavailable or absent
     * @param sources where a figure comes from
     * @param extra further series of the engine as scraped, by name and labels; finite
     * @param freshness absent before the first answer
     */
    public record Measured(
            Figures<Metric> metrics,
            Map<Metric, Source> sources,
            Map<String, Double> extra,
            Optional<Freshness> freshness) {
        public Measured {
            sources = Collections.unmodifiableMap(new TreeMap<>(sources));
            extra = Collections.unmodifiableMap(new TreeMap<>(extra));
        }
    }

    /**
     * How old the figures are.
     *
     * @param measured when the answer came
     * @param ageSeconds at the snapshot's time, monotonic
     */
    public record Freshness(Instant measured, double ageSeconds) {}

    /**
     * Why it is taken for what it is.
     *
     * @param evidence strongest first
     * @param unavailable by path below the engine ({@code process}, {@code models}, {@code config.tensorParallel}): what could
     *     not be found out; an entry covers all below it
     */
    public record Findings(List<Evidence> evidence, Map<String, Value.Unavailable<?>> unavailable) {
        public Findings {
            evidence = List.copyOf(evidence);
            unavailable = Collections.unmodifiableMap(new TreeMap<>(unavailable));
        }
    }
}
