// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.llmtop.model.Distribution;
import dev.llmtop.model.Figure;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Numbers;
import dev.llmtop.model.Parts;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Text;
import dev.llmtop.model.Texts;
import dev.llmtop.model.Value;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes the fields of one object that has an {@code unavailable} map: an engine, a model, a GPU, the host. What is not known is
 * left out and kept, by path, for {@link #gaps()}.
 */
final class JsonScope {
    private final JsonGenerator out;
    private final Map<String, Value.Unavailable<?>> gaps;

    /** @param gaps known before, by path */
    JsonScope(JsonGenerator out, Map<String, ? extends Value.Unavailable<?>> gaps) {
        this.out = out;
        this.gaps = new TreeMap<>(gaps);
    }

    JsonGenerator generator() {
        return out;
    }

    /** Remembers why what would stand at {@code path} is not known. */
    void gap(String path, Reason reason, String detail) {
        gaps.put(path, new Value.Unavailable<>(reason, detail));
    }

    /** Writes the {@code unavailable} object. */
    void gaps() throws IOException {
        out.writeObjectFieldStart("unavailable");
        Map<String, Value.Unavailable<?>> cleaned = new TreeMap<>();
        gaps.forEach((path, gap) -> cleaned.put(Text.clean(path), gap));
        for (Map.Entry<String, Value.Unavailable<?>> gap : cleaned.entrySet()) {
            out.writeObjectFieldStart(gap.getKey());
            out.writeStringField("reason", gap.getValue().reason().code());
            text("detail", gap.getValue().detail());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    boolean hasGaps() {
        return !gaps.isEmpty();
    }

    void text(String name, String value) throws IOException {
        out.writeStringField(name, Text.clean(value));
    }

    void text(String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            text(name, value.get());
        }
    }

    /** A text that its source leaves empty where it does not know it. */
    void textUnlessEmpty(String name, String value, Reason reason, String detail) throws IOException {
        if (Text.clean(value).isEmpty()) {
            gaps.putIfAbsent(name, new Value.Unavailable<>(reason, detail));
        } else {
            text(name, value);
        }
    }

    void texts(String name, Collection<String> values) throws IOException {
        out.writeArrayFieldStart(name);
        for (String value : values) {
            out.writeString(Text.clean(value));
        }
        out.writeEndArray();
    }

    void count(String name, long value) throws IOException {
        out.writeNumberField(name, value);
    }

    void flag(String name, boolean value) throws IOException {
        out.writeBooleanField(name, value);
    }

    /** A number; one that is not finite is a gap at its own name. */
    void number(String name, double value) throws IOException {
        number(name, name, value);
    }

    /** A number; one that is not finite is a gap at {@code path}. */
    void number(String name, String path, double value) throws IOException {
        if (Double.isFinite(value)) {
            out.writeFieldName(name);
            out.writeNumber(JsonNumber.of(value));
        } else {
            gap(path, Reason.MALFORMED, "no finite number");
        }
    }

    void instant(String name, Instant value) throws IOException {
        out.writeStringField(name, Utc.millis(value));
    }

    /** A value in the form of its Java type, or a gap at {@code path}. */
    void value(String name, String path, Value<?> value) throws IOException {
        if (value instanceof Value.Known<?> known) {
            known(name, path, known.value());
        } else if (value instanceof Value.Unavailable<?> gap) {
            gaps.put(path, gap);
        }
    }

    /** All figures of an object; {@code prefix} is what stands before their names in paths. */
    void figures(Figures<?> figures, String prefix) throws IOException {
        for (Map.Entry<? extends Figure, Value<?>> figure : figures.asMap().entrySet()) {
            String name = figure.getKey().jsonName();
            value(name, prefix + name, figure.getValue());
        }
    }

    private void known(String name, String path, Object value) throws IOException {
        if (value instanceof Long whole) {
            count(name, whole);
        } else if (value instanceof Double number) {
            number(name, path, number);
        } else if (value instanceof Boolean flag) {
            flag(name, flag);
        } else if (value instanceof Distribution distribution) {
            distribution(name, path, distribution);
        } else if (value instanceof Parts parts) {
            out.writeObjectFieldStart(name);
            numbers(parts.byName());
            out.writeEndObject();
        } else if (value instanceof Numbers numbers) {
            out.writeArrayFieldStart(name);
            for (double number : numbers.values()) {
                out.writeNumber(JsonNumber.of(number));
            }
            out.writeEndArray();
        } else if (value instanceof Texts texts) {
            texts(name, texts.values());
        } else {
            text(name, value.toString());
        }
    }

    /** Numbers as fields of the object that is open; what is not finite is left out, of names that clean to one the first stays. */
    void numbers(Map<String, Double> byName) throws IOException {
        Map<String, Double> cleaned = new TreeMap<>();
        byName.forEach((name, number) -> {
            if (Double.isFinite(number)) {
                cleaned.putIfAbsent(Text.clean(name), number);
            }
        });
        for (Map.Entry<String, Double> number : cleaned.entrySet()) {
            out.writeFieldName(number.getKey());
            out.writeNumber(JsonNumber.of(number.getValue()));
        }
    }

    private void distribution(String name, String path, Distribution distribution) throws IOException {
        out.writeObjectFieldStart(name);
        spread(path, distribution);
        number("windowSeconds", path + ".windowSeconds", distribution.windowSeconds());
        if (!distribution.buckets().isEmpty()) {
            out.writeArrayFieldStart("buckets");
            for (Distribution.Bucket bucket : distribution.buckets()) {
                if (Double.isFinite(bucket.upperBound())) {
                    out.writeStartArray();
                    out.writeNumber(JsonNumber.of(bucket.upperBound()));
                    out.writeNumber(bucket.cumulativeCount());
                    out.writeEndArray();
                }
            }
            out.writeEndArray();
        }
        if (distribution.sinceStart().isPresent()) {
            out.writeObjectFieldStart("sinceStart");
            spread(path + ".sinceStart", distribution.sinceStart().get());
            out.writeEndObject();
        }
        out.writeEndObject();
        if (distribution.count() == 0) {
            gap(
                    path,
                    Reason.NO_SAMPLE_YET,
                    distribution.windowSeconds() > 0
                            ? "nothing was observed in the last " + JsonNumber.of(distribution.windowSeconds()) + " s"
                            : "a window needs two samples");
        }
    }

    private void spread(String path, Distribution distribution) throws IOException {
        quantile("p50", path, distribution, distribution.quantiles().p50());
        quantile("p90", path, distribution, distribution.quantiles().p90());
        quantile("p99", path, distribution, distribution.quantiles().p99());
        if (distribution.mean().isPresent()) {
            number("mean", path + ".mean", distribution.mean().get());
        }
        count("count", distribution.count());
    }

    private void quantile(String name, String path, Distribution distribution, Optional<Double> quantile)
            throws IOException {
        if (quantile.isPresent()) {
            number(name, path + "." + name, quantile.get());
        } else if (distribution.count() > 0) {
            gap(
                    path + "." + name,
                    Reason.NOT_EXPORTED,
                    "it lies within the lowest bucket, where its place is not known; the mean serves");
        }
    }
}
