// SPDX-License-Identifier: MIT
package dev.llmtop.shell;

import dev.llmtop.agent.Cells;
import dev.llmtop.model.Distribution;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Evidence;
import dev.llmtop.model.Metric;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.Numbers;
import dev.llmtop.model.Parts;
import dev.llmtop.model.ProcessInfo;
import dev.llmtop.model.Source;
import dev.llmtop.model.Text;
import dev.llmtop.model.Texts;
import dev.llmtop.model.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All that is known of one engine, a line each, for a person. */
final class EngineText {
    private static final String INDENT = "  ";
    private static final int DIGITS = 6;

    private final EngineSnapshot engine;
    private final List<String> lines = new ArrayList<>();

    private EngineText(EngineSnapshot engine) {
        this.engine = engine;
    }

    static String of(EngineSnapshot engine) {
        EngineText text = new EngineText(engine);
        text.head();
        engine.models().forEach(text::model);
        text.metrics();
        text.gaps();
        engine.findings().evidence().forEach(evidence -> text.say("evidence", sign(evidence)));
        return String.join("\n", text.lines);
    }

    /** One line of an engine, where it stands among others. */
    static String line(EngineSnapshot engine) {
        EngineSnapshot.Identity identity = engine.identity();
        return Text.clean(String.join(
                INDENT,
                identity.id(),
                identity.kind(),
                identity.state().code(),
                engine.placement().url()));
    }

    /** Evidence with its sign: {@code +} for, {@code x} against, {@code ?} could not be read. */
    static String sign(Evidence evidence) {
        String sign = switch (evidence.verdict()) {
            case FOR -> "+";
            case AGAINST -> "x";
            case UNREADABLE -> "?";
        };
        return sign + " " + evidence.signal() + INDENT + evidence.says();
    }

    private void head() {
        EngineSnapshot.Identity identity = engine.identity();
        EngineSnapshot.Placement placement = engine.placement();
        say(
                "engine",
                identity.title()
                        + identity.version()
                                .known()
                                .map(version -> " " + version)
                                .orElse("") + ", " + identity.role().code() + ", "
                        + identity.state().code() + ", " + placement.url());
        if (!placement.alsoAt().isEmpty()) {
            say("also at", String.join(", ", placement.alsoAt()));
        }
        placement.process().ifPresent(this::process);
        placement
                .gpu()
                .ifPresent(share -> say(
                        "gpu",
                        share.indices() + " " + known(share.memoryBytes().map(bytes -> Cells.bytesInText(bytes)))
                                + ", by " + share.attribution().code()));
        engine.serving().config().forEach((name, value) -> say("config", name + " " + value));
        engine.serving().backends().forEach(backend -> say("backend", backend));
        engine.serving()
                .remoteBackends()
                .forEach(backend -> say("backend", backend.host() + " " + backend.model() + ", on another machine"));
    }

    private void process(ProcessInfo process) {
        String container = process.container()
                .map(around ->
                        ", container " + around.name().known().orElse(around.id()) + " (" + around.runtime() + ")")
                .orElse("");
        say(
                "process",
                process.pid() + " " + process.owner().user() + container + ", up "
                        + Cells.duration(process.owner().uptimeSeconds()) + ", cpu "
                        + known(process.usage().cpuRatio().map(Cells::ratio)) + ", rss "
                        + known(process.usage().memoryBytes().map(bytes -> Cells.bytesInText(bytes))));
        say("command", process.owner().command());
    }

    private void model(ModelSnapshot model) {
        StringBuilder facts = new StringBuilder();
        for (Fact fact : Fact.values()) {
            model.text(fact)
                    .ifPresent(value -> facts.append(INDENT)
                            .append(fact.jsonName())
                            .append(' ')
                            .append(value));
        }
        say("model", model.id() + INDENT + model.state().code() + (model.primary() ? ", primary" : "") + facts);
    }

    private void metrics() {
        engine.measured()
                .metrics()
                .asMap()
                .forEach((metric, value) -> value.known()
                        .ifPresent(known -> say("metric", metric.jsonName() + " " + written(known) + source(metric))));
        engine.measured()
                .freshness()
                .ifPresent(freshness -> say("measured", Cells.duration(freshness.ageSeconds()) + " ago"));
    }

    private String source(Metric metric) {
        Source source = engine.measured().sources().get(metric);
        return source == null
                ? ""
                : INDENT + "from " + source.path() + " " + String.join(", ", source.series()) + " ("
                        + source.combined().code() + ", " + source.basis().code() + ")";
    }

    private void gaps() {
        Map<String, Value.Unavailable<?>> gaps = new TreeMap<>(engine.findings().unavailable());
        engine.identity().version().missing().ifPresent(gap -> gaps.put("version", gap));
        engine.measured()
                .metrics()
                .asMap()
                .forEach((metric, value) ->
                        value.missing().ifPresent(gap -> gaps.put("metrics." + metric.jsonName(), gap)));
        gaps.forEach((path, gap) -> say("missing", path + INDENT + gap.reason().code() + ": " + gap.detail()));
    }

    private static String known(Value<String> value) {
        return value.known()
                .or(() -> value.missing().map(gap -> gap.reason().cell()))
                .orElse("");
    }

    private static String written(Object value) {
        if (value instanceof Distribution distribution) {
            return distribution(distribution);
        }
        if (value instanceof Parts parts) {
            return parts.byName().toString();
        }
        if (value instanceof Numbers numbers) {
            return numbers.values().toString();
        }
        if (value instanceof Double number) {
            return new BigDecimal(number)
                    .round(new MathContext(DIGITS))
                    .stripTrailingZeros()
                    .toPlainString();
        }
        return value instanceof Texts texts ? texts.values().toString() : value.toString();
    }

    private static String distribution(Distribution distribution) {
        StringBuilder text = new StringBuilder();
        part(text, "p50", distribution.quantiles().p50());
        part(text, "p90", distribution.quantiles().p90());
        part(text, "p99", distribution.quantiles().p99());
        part(text, "mean", distribution.mean());
        return text.append("count ").append(distribution.count()).toString();
    }

    private static void part(StringBuilder text, String name, Optional<Double> number) {
        number.ifPresent(known ->
                text.append(name).append(' ').append(Cells.number(known)).append(INDENT));
    }

    private void say(String head, String text) {
        lines.add(head + " ".repeat(10 - head.length()) + Text.clean(text));
    }
}
