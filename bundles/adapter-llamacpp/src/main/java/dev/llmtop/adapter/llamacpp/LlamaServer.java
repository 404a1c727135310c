// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.model.Basis;
import dev.llmtop.model.Combined;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Streamed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The figures of a server with a model of its own: which of its pages may be asked, and what they say. */
final class LlamaServer {
    /** In the description: the model was seen asleep. */
    static final String SLEEPS = "sleepsWhenIdle";

    /**
     * Of a server that cannot fall asleep nothing of this changes before it ends; then what it answered is forgotten. The metrics page
     * and the slots at every tick are two requests a second, and leave no room for more.
     */
    static final Duration SETTLED = Duration.ofMinutes(10);

    private static final Get PROPS = Get.of("/props").maxAge(SETTLED);
    /** Never blocks and never wakes: tells whether the model sleeps, and that the server is there. */
    private static final Get PROPS_SOON = Get.of("/props").maxAge(Duration.ofMillis(4_900));

    private static final Get PROPS_NOW = Get.of("/props").maxAge(Duration.ofMillis(900));

    static final Get MODELS = Get.of("/v1/models").maxAge(Duration.ofSeconds(5));

    private final Engine engine;
    private final Probe probe;

    LlamaServer(Engine engine, Probe probe) {
        this.engine = engine;
        this.probe = probe;
    }

    /** What {@code /props} answers: soon again where the model may fall asleep, or while there is no 200. */
    static Answer props(Engine engine, Probe probe) {
        Answer answer = probe.get(watchesSleep(engine) ? PROPS_SOON : PROPS);
        return answer.status() == 200 ? answer : probe.get(PROPS_NOW);
    }

    /** What {@code /v1/models} answers, which changes as seldom; soon again while there is no 200. */
    static Answer models(Engine engine, Probe probe, Optional<LlamaProps> props) {
        Answer answer = probe.get(listing(engine, props));
        return answer.status() == 200 ? answer : probe.get(MODELS);
    }

    static Get listing(Engine engine, Optional<LlamaProps> props) {
        boolean settled = props.filter(known -> !known.router()).isPresent() && !watchesSleep(engine);
        return settled ? MODELS.maxAge(SETTLED) : MODELS;
    }

    /** Of the others the slots are asked at every tick, and who is asked does not fall asleep. */
    private static boolean watchesSleep(Engine engine) {
        Optional<Launch> launch = engine.candidate().launch();
        return seenAsleep(engine) || launch.isEmpty() || SleepRule.sleeps(launch.get());
    }

    static boolean seenAsleep(Engine engine) {
        return engine.description()
                .map(known -> Boolean.TRUE.equals(known.config().get(SLEEPS)))
                .orElse(false);
    }

    static SleepRule rule(Engine engine, LlamaProps props) {
        Optional<Launch> launch = engine.candidate().launch();
        return new SleepRule(
                props.asleep(),
                seenAsleep(engine) || launch.filter(SleepRule::sleeps).isPresent(),
                launch.isEmpty(),
                props.build());
    }

    /** The figures now, of a server of which {@code /props} is known. */
    Reading read(LlamaProps props) {
        SleepRule rule = rule(engine, props);
        Optional<Value.Unavailable<?>> noPage =
                rule.metrics().or(() -> props.metrics().filter(on -> !on).map(off -> LlamaReading.metricsOff()));
        Optional<Value.Unavailable<?>> noSlots =
                rule.slots().or(() -> props.slots().filter(on -> !on).map(off -> LlamaSlot.off()));
        if (noPage.isPresent() && noSlots.isPresent()) {
            return alive(props, noPage.get(), noSlots.get());
        }
        Streamed<SeriesPage> page = noPage.map(why -> LlamaReading.notAsked(why, Stamp.now()))
                .orElseGet(() ->
                        LlamaReading.explained(probe.stream(Get.of(LlamaMetrics.PATH), LlamaMetrics.READER.reader())));
        Optional<Value.Unavailable<?>> silence = silence(page.value());
        if (noPage.isEmpty() && silence.isPresent()) {
            return nothing(silence.get(), page.stamp());
        }
        if (noSlots.isPresent()) {
            return composed(props, page, page.stamp(), unavailable(noSlots.get()));
        }
        Answer answer = probe.get(Get.of("/slots"));
        Value<List<LlamaSlot>> slots = LlamaSlot.of(answer);
        Optional<Value.Unavailable<?>> slotless = silence(slots);
        if (noPage.isPresent() && slotless.isPresent()) {
            return nothing(slotless.get(), answer.stamp());
        }
        return composed(props, page, slots.known().isPresent() ? answer.stamp() : page.stamp(), slots);
    }

    /** Where neither page may be asked, {@code /props} says that the server is there. */
    private Reading alive(LlamaProps props, Value.Unavailable<?> noPage, Value.Unavailable<?> noSlots) {
        Answer answer = probe.get(PROPS_SOON);
        return LlamaProps.of(answer.okJson()).isPresent()
                ? composed(props, LlamaReading.notAsked(noPage, answer.stamp()), answer.stamp(), unavailable(noSlots))
                : nothing(new Value.Unavailable<>(answer.reason(), "/props: " + answer.detail()), answer.stamp());
    }

    private static Value<List<LlamaSlot>> unavailable(Value.Unavailable<?> why) {
        return Value.unavailable(why.reason(), why.detail());
    }

    private static Reading composed(
            LlamaProps props, Streamed<SeriesPage> page, Stamp stamp, Value<List<LlamaSlot>> slots) {
        Reading.Builder reading =
                LlamaReading.of(new Streamed<>(page.status(), page.value(), page.cut(), stamp), slots);
        if (slots.known().isEmpty()) {
            props.totalSlots().ifPresent(total -> {
                reading.gauge(Metric.SLOTS, total);
                reading.source(Metric.SLOTS, "/props", "total_slots", Combined.ONLY, Basis.LIVE);
            });
        }
        return reading.state(props.asleep() ? State.SLEEPING : State.READY)
                .changed(props.buildInfo() + "\n" + props.model() + "\n" + props.asleep())
                .build();
    }

    /** Why {@code /props}, without which nothing is asked, tells nothing. */
    static Value.Unavailable<?> why(Engine engine, Answer props) {
        String detail = "/props: ";
        if (props.reason() == Reason.NEEDS_KEY) {
            detail += props.detail() + "; it was started with --api-key";
        } else if (props.status() == 404 && engine.has("--api-prefix")) {
            detail += "--api-prefix moves every path, and llmtop does not follow";
        } else {
            detail += props.status() == 200 ? "the answer makes no sense" : props.detail();
        }
        return new Value.Unavailable<>(props.reason(), detail);
    }

    /** What stands in the way of the one page stands in the way of the other. */
    private static Optional<Value.Unavailable<?>> silence(Value<?> answer) {
        if (answer instanceof Value.Unavailable<?> why) {
            return switch (why.reason()) {
                case UNREACHABLE, TIMED_OUT, NEEDS_KEY, LOADING -> Optional.of(why);
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    /** The same reason for every metric. */
    static Reading nothing(Value.Unavailable<?> why, Stamp stamp) {
        Reading.Builder reading = LlamaReading.of(LlamaReading.notAsked(why, stamp), unavailable(why));
        switch (why.reason()) {
            case LOADING -> reading.state(State.LOADING);
            case NEEDS_KEY -> reading.state(State.BLOCKED);
            default -> {}
        }
        return reading.build();
    }
}
