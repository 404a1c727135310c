// SPDX-License-Identifier: MIT
package dev.llmtop.report.read;

import dev.llmtop.model.Distribution;
import dev.llmtop.model.Figure;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Numbers;
import dev.llmtop.model.Parts;
import dev.llmtop.model.Texts;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads figures in the form that each one has. */
final class FigureFields {
    private static final List<String> QUANTILES = List.of("p50", "p90", "p99");

    private FigureFields() {}

    /**
     * The figures of an object.
     *
     * @param prefix what stands before their names in the paths of {@code gaps}
     */
    static <F extends Enum<F> & Figure> Figures<F> read(Class<F> type, JsonFields fields, String prefix, JsonGaps gaps)
            throws UnreadableException {
        Figures.Builder<F> figures = Figures.of(type);
        for (F figure : type.getEnumConstants()) {
            String path = prefix + figure.jsonName();
            if (fields.has(figure.jsonName())) {
                put(figures, figure, fields);
                if (figure.form() == Figure.Form.DISTRIBUTION) {
                    forgetQuantiles(path, gaps);
                }
                gaps.forget(path);
            } else {
                Optional<Value.Unavailable<?>> gap = gaps.take(path);
                if (gap.isPresent()) {
                    figures.put(figure, gap.get());
                }
            }
        }
        return figures.build();
    }

    private static <F extends Enum<F> & Figure> void put(Figures.Builder<F> figures, F figure, JsonFields fields)
            throws UnreadableException {
        String name = figure.jsonName();
        switch (figure.form()) {
            case COUNT -> figures.put(figure, Value.of(fields.count(name)));
            case NUMBER, RATIO -> figures.putNumber(figure, fields.number(name));
            case TEXT -> figures.put(figure, Value.of(fields.text(name)));
            case FLAG -> figures.put(figure, Value.of(fields.flag(name)));
            case DISTRIBUTION -> figures.put(figure, Value.of(distribution(fields.object(name))));
            case PARTS ->
                figures.put(figure, Value.of(new Parts(fields.object(name).numbersByName())));
            case NUMBERS -> figures.put(figure, Value.of(new Numbers(fields.numbers(name))));
            case TEXTS -> figures.put(figure, Value.of(new Texts(fields.texts(name))));
        }
    }

    private static Distribution distribution(JsonFields fields) throws UnreadableException {
        Optional<JsonFields> sinceStart = fields.knownObject("sinceStart");
        Optional<Distribution> whole =
                sinceStart.isPresent() ? Optional.of(spread(sinceStart.get(), Optional.empty())) : Optional.empty();
        return spread(fields, whole);
    }

    private static Distribution spread(JsonFields fields, Optional<Distribution> sinceStart)
            throws UnreadableException {
        List<Distribution.Bucket> buckets = new ArrayList<>();
        for (List<?> row : fields.rows("buckets")) {
            if (row.size() != 2
                    || !(row.get(0) instanceof Number bound)
                    || !(row.get(1) instanceof Number cumulative)) {
                throw UnreadableException.malformed("a bucket takes a bound and a count, not " + row.size()
                        + (row.size() == 1 ? " value" : " values of other kinds"));
            }
            buckets.add(new Distribution.Bucket(bound.doubleValue(), cumulative.longValue()));
        }
        Distribution.Quantiles quantiles = new Distribution.Quantiles(
                fields.knownNumber("p50"), fields.knownNumber("p90"), fields.knownNumber("p99"));
        return new Distribution(
                quantiles,
                fields.knownNumber("mean"),
                Math.max(0, fields.count("count")),
                Math.max(0, fields.number("windowSeconds")),
                buckets,
                sinceStart);
    }

    private static void forgetQuantiles(String path, JsonGaps gaps) {
        for (String quantile : QUANTILES) {
            gaps.forget(path + "." + quantile);
            gaps.forget(path + ".sinceStart." + quantile);
        }
    }
}
