// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ExpositionReaderPropertyTest {
    record Line(String name, Map<String, String> labels, double value) {
        String text(boolean reversed) {
            List<String> parts = new ArrayList<>();
            labels.forEach((label, value) -> parts.add(label + "=\""
                    + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\""));
            if (reversed) {
                java.util.Collections.reverse(parts);
            }
            String number = Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : Double.toString(value);
            return name + (parts.isEmpty() ? "" : "{" + String.join(",", parts) + "}") + " " + number;
        }
    }

    @Provide
    Arbitrary<List<Line>> lines() {
        Arbitrary<String> name =
                Arbitraries.strings().withChars("abc_:").ofMinLength(1).ofMaxLength(6);
        Arbitrary<String> label =
                Arbitraries.strings().withChars("abcx_").ofMinLength(1).ofMaxLength(3);
        Arbitrary<String> value =
                Arbitraries.strings().all().ofMaxLength(8).map(ExpositionReaderPropertyTest::encodable);
        Arbitrary<Map<String, String>> labels =
                Arbitraries.maps(label, value).ofMaxSize(5).map(TreeMap::new);
        Arbitrary<Double> number = Arbitraries.oneOf(
                Arbitraries.doubles(),
                Arbitraries.integers().map(Integer::doubleValue),
                Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0));
        return Combinators.combine(name, labels, number)
                .as(Line::new)
                .list()
                .ofMaxSize(20)
                .map(all -> all.stream().filter(distinct()).toList());
    }

    private static java.util.function.Predicate<Line> distinct() {
        java.util.Set<Object> seen = new java.util.HashSet<>();
        return line -> seen.add(List.of(line.name(), line.labels()));
    }

    private static String encodable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Property(tries = 300)
    void whatIsWrittenIsRead(@ForAll("lines") List<Line> lines, @ForAll boolean reversed, @ForAll boolean crlf) {
        StringBuilder page = new StringBuilder();
        lines.forEach(line -> page.append(line.text(reversed)).append(crlf ? "\r\n" : "\n"));
        Pages.Result read = Pages.read(page.toString());
        assertThat(read.samples()).hasSameSizeAs(lines);
        for (int at = 0; at < lines.size(); at++) {
            Sample sample = read.samples().get(at);
            Line line = lines.get(at);
            assertThat(sample.name()).isEqualTo(line.name());
            assertThat(sample.value()).isEqualTo(Double.valueOf(line.value()));
            Map<String, String> labels = new TreeMap<>();
            for (int label = 0; label < sample.labels().size(); label++) {
                labels.put(sample.labels().name(label), sample.labels().value(label));
            }
            assertThat(labels).isEqualTo(line.labels());
        }
        assertThat(read.summary().kept()).isEqualTo(lines.size());
    }

    @Property(tries = 500)
    void anyBytesEndWithoutAnException(@ForAll byte[] bytes) {
        Pages.Result read = Pages.read(bytes, "");
        assertThat(read.summary().bytes()).isEqualTo(bytes.length);
    }

    @Property(tries = 500)
    void anyTextOfThePagesAlphabetEndsWithoutAnException(@ForAll("scraps") String text) {
        Pages.Result read = Pages.read(text);
        PageSummary summary = read.summary();
        assertThat(summary.kept()
                        + summary.skipped().broken()
                        + summary.skipped().duplicates())
                .isLessThanOrEqualTo((int) summary.lines());
    }

    @Provide
    Arbitrary<String> scraps() {
        return Arbitraries.of(
                        "# TYPE ",
                        "# HELP ",
                        "#",
                        "a",
                        "vllm:x",
                        "{",
                        "}",
                        "le=",
                        "\"",
                        "\\",
                        "\n",
                        "\r\n",
                        ",",
                        "=",
                        " ",
                        "1",
                        "e",
                        "-",
                        "+Inf",
                        "NaN",
                        "_bucket",
                        "_total",
                        "counter",
                        "histogram",
                        "1e400",
                        "\u001b")
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 200)
    void aPageCutAnywhereIsTheBeginningOfTheWhole(@ForAll("lines") List<Line> lines, @ForAll int where) {
        StringBuilder page = new StringBuilder();
        lines.forEach(line -> page.append(line.text(false)).append('\n'));
        byte[] bytes = page.toString().getBytes(StandardCharsets.UTF_8);
        int cut = bytes.length == 0 ? 0 : Math.floorMod(where, bytes.length);
        List<Sample> whole = Pages.read(bytes, "").samples();
        List<Sample> part = Pages.read(Arrays.copyOf(bytes, cut), "").samples();
        assertThat(part).isEqualTo(whole.subList(0, part.size()));
    }
}
