// SPDX-License-Identifier: MIT
package dev.llmtop.report.read;

import dev.llmtop.model.Distribution;
import dev.llmtop.model.Figure;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Numbers;
import dev.llmtop.model.Parts;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Texts;
import dev.llmtop.model.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Values of the model's types; texts are often hostile, numbers often at the ends of their range. */
final class RandomValues {
    private static final String[] TEXTS = {
        "",
        "127.0.0.1:8000",
        "vLLM",
        "qwen3-32b",
        "日本語のモデル",
        "🦙🦙",
        "a\"quote\\",
        "\u001b]0;owned\u0007",
        "\u202eevil",
        "tab\tand\nline",
        "x".repeat(1_200),
        "\ud83d",
        "null",
        "{\"a\":1}"
    };
    private static final double[] NUMBERS = {
        0, 1, 0.5, 1e-12, 3.3e-7, 0.1 + 0.2, 143.1999837, 9.9999996, 999_999.9999, 1e15, 1.5e21, Double.MAX_VALUE
    };
    private static final long[] COUNTS = {0, 1, 812, 65_536, 128_501_256_192L, Long.MAX_VALUE};

    private final Random random;

    RandomValues(long seed) {
        random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean flag() {
        return random.nextBoolean();
    }

    <E> E one(E[] of) {
        return of[random.nextInt(of.length)];
    }

    String text() {
        return one(TEXTS);
    }

    long count() {
        return COUNTS[random.nextInt(COUNTS.length)];
    }

    double number() {
        return flag() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextDouble() * Math.pow(10, below(12));
    }

    double ratio() {
        return random.nextDouble();
    }

    Instant instant() {
        return Instant.ofEpochMilli(1_790_000_000_000L + random.nextInt());
    }

    <T> Optional<T> perhaps(Supplier<T> make) {
        return flag() ? Optional.of(make.get()) : Optional.empty();
    }

    <T> List<T> list(Supplier<T> make) {
        List<T> made = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            made.add(make.get());
        }
        return made;
    }

    Value.Unavailable<?> gap() {
        return new Value.Unavailable<>(one(Reason.values()), text());
    }

    <T> Value<T> value(Supplier<T> make) {
        return flag() ? Value.of(make.get()) : gap().as();
    }

    Map<String, Double> numbers() {
        Map<String, Double> numbers = new TreeMap<>();
        list(() -> numbers.put(text(), number()));
        return numbers;
    }

    /** Each figure known, not known, or absent. */
    <F extends Enum<F> & Figure> Figures<F> figures(Class<F> type) {
        Figures.Builder<F> figures = Figures.of(type);
        for (F figure : type.getEnumConstants()) {
            switch (random.nextInt(3)) {
                case 0 -> figures.put(figure, Value.of(known(figure.form())));
                case 1 -> figures.put(figure, gap());
                default -> {}
            }
        }
        return figures.build();
    }

    private Object known(Figure.Form form) {
        return switch (form) {
            case COUNT -> count();
            case NUMBER -> number();
            case RATIO -> ratio();
            case TEXT -> text();
            case FLAG -> flag();
            case DISTRIBUTION -> distribution(perhaps(() -> distribution(Optional.empty())));
            case PARTS -> new Parts(numbers());
            case NUMBERS -> new Numbers(list(this::number));
            case TEXTS -> new Texts(list(this::text));
        };
    }

    private Distribution distribution(Optional<Distribution> sinceStart) {
        return new Distribution(
                new Distribution.Quantiles(perhaps(this::number), perhaps(this::number), perhaps(this::number)),
                perhaps(this::number),
                flag() ? 0 : count(),
                number(),
                list(() -> new Distribution.Bucket(number(), count())),
                sinceStart);
    }
}
