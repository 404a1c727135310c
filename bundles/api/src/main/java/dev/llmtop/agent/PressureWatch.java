// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.model.Distribution;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Follows snapshots and says what is under pressure, by the bounds of {@link Pressure}. Remembers how long requests have waited, and
 * holds a level until nothing as bad was seen for a minute, so that a value that swings about a bound is told of once. Pure but for
 * that memory; not safe for several threads.
 */
public final class PressureWatch {
    /** How long a level stands after it was last seen. */
    public static final Duration HELD = Duration.ofSeconds(60);

    private static final Comparator<Pressed> WORST_FIRST = Comparator.comparing(Pressed::now, Comparator.reverseOrder())
            .thenComparing(Pressed::level, Comparator.reverseOrder())
            .thenComparing(one -> one.subject().sign())
            .thenComparing(one -> one.subject().engine().orElse(""))
            .thenComparing(one -> one.subject().gpu().orElse(-1));

    private final Map<Subject, EnumMap<Pressure, Seen>> held = new HashMap<>();
    private final Map<String, WaitingWatch> waiting = new HashMap<>();

    /** What may be under pressure. */
    public enum Sign {
        KV_CACHE("KV"),
        WAITING("waiting"),
        MEMORY("memory"),
        PREEMPTIONS("preemptions"),
        TIME_TO_FIRST_TOKEN("TTFT p99"),
        TEMPERATURE("temperature");

        private final String word;

        Sign(String word) {
            this.word = word;
        }

        /** Its name for a person. */
        public String word() {
            return word;
        }
    }

    /**
     * Whose value it is: an engine's or a GPU's.
     *
     * @param engine an id; empty for a GPU
     * @param gpu an index; empty for an engine
     */
    public record Subject(Sign sign, Optional<String> engine, OptionalInt gpu) {}

    /**
     * A value under pressure.
     *
     * @param now the level of this snapshot; NONE where it is only held
     * @param level the worst of the last minute, at least WARN
     * @param rose whether the level is higher than it was at the snapshot before
     * @param value the last value that made the level, for a person: {@code 98%}
     */
    public record Pressed(Subject subject, Pressure now, Pressure level, boolean rose, String value) {
        /** Such as {@code memory 98%}. */
        public String says() {
            return subject.sign().word() + " " + value;
        }
    }

    /** What was seen at a level, and when last. */
    private record Seen(Pressure level, long nanos, String value) {}

    /**
     * Takes in a snapshot.
     *
     * @param nanos when it was made, on any clock that never goes back ({@link System#nanoTime}; in a replay the snapshot's time)
     * @return what is under pressure, the worst first
     */
    public List<Pressed> follow(Snapshot snapshot, long nanos) {
        Map<Subject, Seen> now = new HashMap<>();
        for (Gpu gpu : snapshot.machine().gpus()) {
            gpu(gpu, snapshot, nanos, now);
        }
        for (EngineSnapshot engine : snapshot.engines()) {
            engine(engine, nanos, now);
        }
        waiting.keySet().removeIf(id -> snapshot.engine(id).isEmpty());
        Set<Subject> subjects = new HashSet<>(held.keySet());
        subjects.addAll(now.keySet());
        List<Pressed> pressed = new ArrayList<>();
        for (Subject subject : subjects) {
            pressed(subject, Optional.ofNullable(now.get(subject)), nanos).ifPresent(pressed::add);
        }
        pressed.sort(WORST_FIRST);
        return pressed;
    }

    /** What is seen at a level is seen at those below it too, so that a level that ends leaves the lesser one behind. */
    private Optional<Pressed> pressed(Subject subject, Optional<Seen> now, long nanos) {
        EnumMap<Pressure, Seen> levels = held.computeIfAbsent(subject, unused -> new EnumMap<>(Pressure.class));
        levels.values().removeIf(seen -> nanos - seen.nanos() >= HELD.toNanos());
        Pressure before = worst(levels);
        now.ifPresent(seen -> {
            levels.put(Pressure.WARN, seen);
            levels.put(seen.level(), seen);
        });
        Pressure level = worst(levels);
        Seen shown = levels.get(level);
        if (shown == null) {
            held.remove(subject);
            return Optional.empty();
        }
        String value = now.map(Seen::value).orElse(shown.value());
        return Optional.of(new Pressed(
                subject, now.map(Seen::level).orElse(Pressure.NONE), level, level.compareTo(before) > 0, value));
    }

    private static Pressure worst(EnumMap<Pressure, Seen> levels) {
        return levels.containsKey(Pressure.CRITICAL)
                ? Pressure.CRITICAL
                : levels.containsKey(Pressure.WARN) ? Pressure.WARN : Pressure.NONE;
    }

    /** Of the requests that wait for this engine, as of the last snapshot. */
    public Pressure waiting(String engine) {
        WaitingWatch watch = waiting.get(engine);
        return watch == null ? Pressure.NONE : watch.level();
    }

    private static void gpu(Gpu gpu, Snapshot snapshot, long nanos, Map<Subject, Seen> now) {
        OptionalInt index = OptionalInt.of(gpu.identity().index());
        GpuMemory memory = GpuMemory.of(gpu, snapshot);
        memory.usedRatio()
                .ifPresent(ratio -> see(
                        new Subject(Sign.MEMORY, Optional.empty(), index),
                        new Seen(Pressure.ofMemory(ratio), nanos, Cells.ratio(ratio)),
                        now));
        String degrees = gpu.figures()
                .number(GpuMetric.TEMPERATURE_CELSIUS)
                .map(celsius -> Math.round(celsius) + "C")
                .orElse("throttled");
        see(
                new Subject(Sign.TEMPERATURE, Optional.empty(), index),
                new Seen(Pressure.ofTemperature(gpu), nanos, degrees),
                now);
    }

    private void engine(EngineSnapshot engine, long nanos, Map<Subject, Seen> now) {
        String id = engine.identity().id();
        if (engine.identity().state() == State.UNREACHABLE) {
            waiting.remove(id);
            return;
        }
        Figures<Metric> figures = engine.measured().metrics();
        figures.number(Metric.KV_CACHE_USED_RATIO)
                .ifPresent(ratio -> see(
                        of(Sign.KV_CACHE, id), new Seen(Pressure.ofKvCache(ratio), nanos, Cells.ratio(ratio)), now));
        figures.number(Metric.PREEMPTIONS_PER_SECOND)
                .ifPresent(rate -> see(
                        of(Sign.PREEMPTIONS, id),
                        new Seen(Pressure.ofPreemptions(rate), nanos, Cells.number(rate) + "/s"),
                        now));
        figures.known(Metric.TIME_TO_FIRST_TOKEN, Distribution.class)
                .flatMap(distribution -> distribution.quantiles().p99())
                .ifPresent(seconds -> see(
                        of(Sign.TIME_TO_FIRST_TOKEN, id),
                        new Seen(Pressure.ofTimeToFirstToken(seconds), nanos, Cells.latency(seconds)),
                        now));
        WaitingWatch watch = waiting.computeIfAbsent(id, unused -> new WaitingWatch());
        watch.see(figures, nanos);
        figures.number(Metric.WAITING)
                .ifPresent(count ->
                        see(of(Sign.WAITING, id), new Seen(watch.level(), nanos, Cells.count(Math.round(count))), now));
    }

    private static Subject of(Sign sign, String engine) {
        return new Subject(sign, Optional.of(engine), OptionalInt.empty());
    }

    private static void see(Subject subject, Seen seen, Map<Subject, Seen> now) {
        if (seen.level() != Pressure.NONE) {
            now.put(subject, seen);
        }
    }
}
