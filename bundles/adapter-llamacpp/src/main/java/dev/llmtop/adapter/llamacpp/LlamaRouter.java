// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Text;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Streamed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The figures of a router: of each model that its list calls loaded at that moment, and together. A request with a model's name says
 * {@code autoload=false}, without which it would load the model. Source: ggml-org/llama.cpp tools/server/server-models.cpp.
 */
final class LlamaRouter {
    static final String METRICS = "/metrics?model={model}&autoload=false";
    static final String SLOTS = "/slots?model={model}&autoload=false";

    private static final Get LIST = Get.of("/v1/models").maxAge(Duration.ofMillis(1_900));
    /** For while the processes below the router are those of the models that the list calls loaded. */
    private static final Get SETTLED_LIST = Get.of("/v1/models").maxAge(Duration.ofSeconds(29));
    /** Requests a second for all models, so that with the list there are never more than two. */
    private static final double MOST_PER_SECOND = 1.4;

    private static final double MOST_SETTLED = 1.9;
    private static final long TICK_MILLIS = 1_000;
    /** An answer of this tick. */
    private static final double JUST_NOW_SECONDS = 0.5;

    private static final int MOST_MODELS = 50;

    private final Probe probe;
    private final LlamaProps props;

    LlamaRouter(Probe probe, LlamaProps props) {
        this.probe = probe;
        this.props = props;
    }

    /** The figures now. */
    Reading read() {
        Answer answer = list();
        List<LlamaModel> models = LlamaModel.of(answer.okJson());
        boolean settled = settled(models);
        boolean justListed = Stamp.now().secondsSince(answer.stamp()) < JUST_NOW_SECONDS;
        if (answer.status() != 200 || !answer.okJson().path("data").isArray()) {
            return LlamaServer.nothing(
                    new Value.Unavailable<>(answer.reason(), "/v1/models: " + answer.detail()), answer.stamp());
        }
        Map<String, Reading> readings = new LinkedHashMap<>();
        long loaded = models.stream().filter(LlamaModel::loaded).count();
        for (LlamaModel model : models) {
            if (readings.size() < MOST_MODELS && model.loaded()) {
                readings.put(model.id(), loaded(model, age(loaded, settled, justListed), answer));
            }
        }
        Reading.Builder all = together(readings, answer.stamp());
        for (LlamaModel model : models) {
            why(model).ifPresent(reason -> all.model(model.id(), LlamaServer.nothing(reason, answer.stamp())));
        }
        return all.state(State.READY).changed(fingerprint(models)).build();
    }

    /** The list of models: seldom while the processes below the router say that nothing changed. */
    Answer list() {
        Answer held = probe.get(SETTLED_LIST);
        return settled(LlamaModel.of(held.okJson())) ? held : probe.get(LIST);
    }

    /**
     * Answers are kept for so many ticks that two for each model are no more than may be asked; to the middle of the last one, so that
     * all are asked anew in the same tick. A settled router with one model is asked at every tick but those of the list.
     */
    private static Duration age(long models, boolean settled, boolean justListed) {
        long ticks = settled && models == 1
                ? justListed ? 2 : 1
                : (long) Math.ceil(2 * models / (settled ? MOST_SETTLED : MOST_PER_SECOND));
        return Duration.ofMillis(ticks * TICK_MILLIS - TICK_MILLIS / 2);
    }

    /** A model that is loaded or unloaded is a process that comes or goes; only one that may sleep changes without. */
    private boolean settled(List<LlamaModel> models) {
        Set<Integer> running =
                probe.members().stream().map(member -> member.endpoint().port()).collect(Collectors.toSet());
        Set<Integer> loaded = models.stream()
                .filter(LlamaModel::loaded)
                .map(model -> model.child().port("--port").orElse(0))
                .collect(Collectors.toSet());
        return !running.isEmpty()
                && running.equals(loaded)
                && models.stream().filter(LlamaModel::loaded).noneMatch(LlamaModel::maySleep);
    }

    private static Optional<Value.Unavailable<?>> why(LlamaModel model) {
        return switch (model.state()) {
            case SLEEPING ->
                Optional.of(new Value.Unavailable<>(Reason.ASLEEP, "the model sleeps; asking would wake it"));
            case LOADING -> Optional.of(new Value.Unavailable<>(Reason.LOADING, "the router says: " + model.status()));
            default -> Optional.empty();
        };
    }

    private Reading loaded(LlamaModel model, Duration age, Answer list) {
        SleepRule rule = new SleepRule(false, model.maySleep(), false, props.build());
        Optional<Value.Unavailable<?>> noPage = rule.metrics();
        Streamed<SeriesPage> page = noPage.map(why -> LlamaReading.notAsked(why, list.stamp()))
                .orElseGet(() -> page(Get.of(METRICS).with("model", model.id()).maxAge(age)));
        if (rule.slots().isPresent()) {
            return LlamaReading.of(page, unavailable(rule.slots().get())).build();
        }
        Answer answer = probe.get(Get.of(SLOTS).with("model", model.id()).maxAge(age));
        Value<List<LlamaSlot>> slots = LlamaSlot.of(answer);
        Stamp stamp = slots.known().isPresent() ? answer.stamp() : page.stamp();
        return LlamaReading.of(new Streamed<>(page.status(), page.value(), page.cut(), stamp), slots)
                .build();
    }

    private static Value<List<LlamaSlot>> unavailable(Value.Unavailable<?> why) {
        return Value.unavailable(why.reason(), why.detail());
    }

    /** Held, unlike a stream, so that all models together are asked no more than may be. */
    private Streamed<SeriesPage> page(Get request) {
        Answer answer = probe.get(request);
        Value<SeriesPage> page = Value.unavailable(answer.reason(), "/metrics: " + answer.detail());
        boolean cut = false;
        if (answer.status() == 501) {
            page = Value.unavailable(Reason.DISABLED, LlamaReading.metricsOff().detail());
        } else if (answer instanceof Answer.Received received && received.ok()) {
            page = parsed(received.body());
            cut = received.cut();
        }
        return new Streamed<>(answer.status(), page, cut, answer.stamp());
    }

    private static Value<SeriesPage> parsed(String body) {
        try {
            return Value.of(
                    LlamaMetrics.READER.reader().read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
        } catch (IOException malformed) {
            return Value.unavailable(Reason.MALFORMED, "/metrics: " + malformed.getMessage());
        }
    }

    /** The sum of the models, each series by itself; what one of them does not tell is not known of all. */
    private static Reading.Builder together(Map<String, Reading> readings, Stamp listed) {
        Stamp stamp = readings.values().stream()
                .map(Reading::stamp)
                .reduce((one, other) -> other.nanos() - one.nanos() > 0 ? other : one)
                .orElse(listed);
        Reading.Builder all = Reading.builder(stamp);
        for (Metric metric : new TreeSet<>(List.of(Metric.values()))) {
            reason(metric, readings).ifPresent(why -> all.unavailable(metric, why.reason(), why.detail()));
        }
        for (Metric metric : List.of(Metric.RUNNING, Metric.WAITING, Metric.SLOTS)) {
            if (!readings.isEmpty()
                    && readings.values().stream()
                            .allMatch(one -> one.figures().number(metric).isPresent())) {
                all.gauge(
                        metric,
                        readings.values().stream()
                                .mapToDouble(one -> one.figures().number(metric).orElse(0.0))
                                .sum());
            }
        }
        readings.forEach((id, reading) -> add(Text.clean(id), reading, all));
        return all;
    }

    private static void add(String id, Reading reading, Reading.Builder all) {
        String series = "model=" + id;
        reading.counts().forEach((key, value) -> {
            String own = key.series().isEmpty() ? series : series + "," + key.series();
            all.counter(key.counter(), key.part(), own, value, reading.basis(key.counter()));
        });
        reading.progress().forEach((key, value) -> all.progress(key.counter(), series, key.task(), value));
        reading.fractions()
                .forEach((key, value) ->
                        all.fraction(key.metric(), key.part(), series, value.numerator(), value.denominator()));
        reading.sources().forEach(all::source);
        all.model(id, reading);
    }

    private static Optional<Value.Unavailable<?>> reason(Metric metric, Map<String, Reading> readings) {
        if (metric == Metric.TOKENS_PER_JOULE) {
            return Optional.empty();
        }
        if (readings.isEmpty()) {
            return Optional.of(new Value.Unavailable<>(
                    Reason.ASLEEP, "no model is loaded and awake; asking for one would load or wake it"));
        }
        for (Reading reading : readings.values()) {
            Optional<Value.Unavailable<?>> missing = reading.figures().missing(metric);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return readings.values().stream()
                        .allMatch(one -> one.figures().number(metric).isPresent())
                ? Optional.of(new Value.Unavailable<>(Reason.NOT_EXPORTED, "it is of each model by itself"))
                : Optional.empty();
    }

    private String fingerprint(List<LlamaModel> models) {
        StringBuilder text = new StringBuilder(props.buildInfo());
        models.forEach(model -> text.append('\n').append(model.id()).append(' ').append(model.status()));
        return Integer.toHexString(text.toString().hashCode());
    }
}
