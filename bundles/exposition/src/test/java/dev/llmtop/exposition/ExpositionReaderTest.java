// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionReaderTest {
    @Test
    void readsPrometheusText() {
        Pages.Result page = Pages.read("""
                # HELP queue_depth Waiting \\\\ with a\\nline end
                # TYPE queue_depth gauge
                queue_depth{zone="b",engine="0"} 3
                queue_depth{engine="1",zone="b"} 4.5 1700000000000
                # a remark

                # TYPE done_total counter
                done_total 12e3
                """);
        assertThat(page.samples())
                .extracting(Sample::key)
                .containsExactly(
                        "queue_depth{engine=\"0\",zone=\"b\"}", "queue_depth{engine=\"1\",zone=\"b\"}", "done_total");
        assertThat(page.samples()).extracting(Sample::value).containsExactly(3.0, 4.5, 12_000.0);
        assertThat(page.samples())
                .extracting(sample -> sample.family().type())
                .containsExactly(FamilyType.GAUGE, FamilyType.GAUGE, FamilyType.COUNTER);
        assertThat(page.samples().get(0).family().help()).isEqualTo("Waiting \\ with a\nline end");
        assertThat(page.summary().skipped()).isEqualTo(new PageSummary.Skipped(0, 0, 0, 0, 0));
        assertThat(page.summary().end().whole()).isTrue();
    }

    @Test
    void readsOpenMetrics() {
        Pages.Result page = Pages.read("""
                # TYPE took_seconds histogram
                # UNIT took_seconds seconds
                # HELP took_seconds How long.
                took_seconds_bucket{le="0.5"} 7 # {trace_id="a b # }"} 0.43 1700000000.5
                took_seconds_bucket{le="+Inf"} 9 1700000000.5 # {} 1
                took_seconds_sum 4.25
                took_seconds_count 9
                took_seconds_created 1.7e9
                # TYPE sent counter
                sent_total{to="x"} 5
                # TYPE build info
                build_info{version="1"} 1
                # TYPE mode stateset
                mode{mode="on"} 1
                # TYPE sizes gaugehistogram
                sizes_bucket{le="1"} 1
                sizes_gcount 2
                sizes_gsum 3
                # EOF
                """);
        assertThat(page.samples())
                .extracting(Sample::name)
                .containsExactly(
                        "took_seconds_bucket",
                        "took_seconds_bucket",
                        "took_seconds_sum",
                        "took_seconds_count",
                        "took_seconds_created",
                        "sent_total",
                        "build_info",
                        "mode",
                        "sizes_bucket",
                        "sizes_gcount",
                        "sizes_gsum");
        assertThat(page.samples())
                .extracting(sample -> sample.family().name())
                .containsExactly(
                        "took_seconds",
                        "took_seconds",
                        "took_seconds",
                        "took_seconds",
                        "took_seconds",
                        "sent",
                        "build",
                        "mode",
                        "sizes",
                        "sizes",
                        "sizes");
        assertThat(page.samples().get(0).value()).isEqualTo(7);
        assertThat(page.samples().get(1).value()).isEqualTo(9);
        assertThat(page.samples().get(0).family())
                .isEqualTo(new Family("took_seconds", FamilyType.HISTOGRAM, "How long.", "seconds"));
        assertThat(page.declared())
                .extracting(Family::type)
                .containsExactly(
                        FamilyType.HISTOGRAM,
                        FamilyType.COUNTER,
                        FamilyType.INFO,
                        FamilyType.STATE_SET,
                        FamilyType.GAUGE_HISTOGRAM);
        assertThat(page.summary().skipped().broken()).isZero();
    }

    @Test
    void aSuffixBelongsToTheTypeThatHasIt() {
        Pages.Result page = Pages.read("# TYPE iteration_total histogram\niteration_total 1\niteration_total_sum 2\n"
                + "# TYPE depth gauge\ndepth_total 3\n");
        assertThat(page.samples())
                .extracting(sample -> sample.family().name())
                .containsExactly("iteration_total", "iteration_total", "depth_total");
        assertThat(page.samples().get(2).family().type()).isEqualTo(FamilyType.UNTYPED);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.5, -0.5",
        "+7, 7",
        "1e3, 1000",
        "1E-3, 0.001",
        ".5, 0.5",
        "5., 5",
        "NaN, NaN",
        "nan, NaN",
        "+Inf, Infinity",
        "-Inf, -Infinity",
        "inf, Infinity",
        "Infinity, Infinity",
        "1.7955599664666696e+09, 1795559966.4666696",
        "0.0004883110541414881, 0.0004883110541414881",
        "123456789012345678901234567890, 1.2345678901234568E29",
        "9007199254740993, 9007199254740992",
        "0.1, 0.1",
        "4.9E-324, 4.9E-324",
        "1e-400, 0"
    })
    void readsNumbersAsJavaDoes(String text, double expected) {
        assertThat(Pages.read("x " + text + "\n").only().value()).isEqualTo(Double.valueOf(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "x ",
                "x abc",
                "x 1e400",
                "x -1e400",
                "x 0x10",
                "x 1d",
                "x 1f",
                "x 1_000",
                "x --1",
                "x 1.2.3",
                "x .",
                "x e5",
                "x 1 2 3",
                "x 1 abc",
                "1x 1",
                "x{ 1",
                "x{a} 1",
                "x{a=} 1",
                "x{a=1} 1",
                "x{a=\"1} 1",
                "x{a=\"1\" 1",
                "x{a=\"1\",a=\"2\"} 1",
                "x{=\"1\"} 1",
                "x{1a=\"1\"} 1",
                "x{,} 1",
                "{} 1",
                "{a=\"1\"} 1",
                "{\"\"} 1",
                "\u00e9 1",
                "x{a=\"1\"}",
                "<html>",
                "}",
                "\"x\" 1",
                "x{a=\"1\\\"} 1"
            })
    void leavesOutAndCountsWhatIsNoSample(String line) {
        Pages.Result page = Pages.read("before 1\n" + line + "\nafter 2\n");
        assertThat(page.samples()).extracting(Sample::name).containsExactly("before", "after");
        assertThat(page.summary().skipped().broken()).isEqualTo(1);
    }

    @Test
    void takesBlanksAndLineEndsOfAllKinds() {
        Pages.Result page = Pages.read(
                "  a 1\r\n\tb\t{ x = \"1\" , y=\"2\", } \t 2 \r\n\r\n \t\r\n#\n# \n#TYPE\nc{} 3\nd{x=\"1\"}4\n");
        assertThat(page.samples())
                .extracting(Sample::key)
                .containsExactly("a", "b{x=\"1\",y=\"2\"}", "c", "d{x=\"1\"}");
        assertThat(page.samples()).extracting(Sample::value).containsExactly(1.0, 2.0, 3.0, 4.0);
        assertThat(page.summary().skipped().broken()).isZero();
    }

    @Test
    void keepsHostileLabelTextWhole() {
        Sample sample = Pages.read("x{a=\"q\\\"},{ \\n \\\\ \\t \u001b[31m \u202e # 9\",b=\"\u00fc\ud83d\ude00\"} 1\n")
                .only();
        assertThat(sample.labels().value("a")).contains("q\"},{ \n \\ \\t \u001b[31m \u202e # 9");
        assertThat(sample.labels().value("b")).contains("\u00fc\ud83d\ude00");
        assertThat(sample.labels().key()).startsWith("{a=\"q\\\"},{ \\n \\\\ \\\\t ");
    }

    @Test
    void replacesInvalidUtf8() {
        byte[] line = "x{a=\"?\"} 1\n".getBytes(StandardCharsets.UTF_8);
        line[5] = (byte) 0xFF;
        assertThat(Pages.read(line, "").only().labels().value("a")).contains("\uFFFD");
    }

    @Test
    void takesQuotedNames() {
        Pages.Result page =
                Pages.read("# TYPE \"a.b\" counter\n{\"a.b\",\"l.m\"=\"1\",k=\"2\"} 3\nc{\"l.m\"=\"4\"} 5\n");
        assertThat(page.samples()).extracting(Sample::name).containsExactly("a.b", "c");
        assertThat(page.samples().get(0).labels().value("l.m")).contains("1");
        assertThat(page.samples().get(0).family().type()).isEqualTo(FamilyType.COUNTER);
    }

    @Test
    void theFirstOfTwoEqualSeriesCounts() {
        Pages.Result page = Pages.read("x{a=\"1\",b=\"2\"} 1\nx{b=\"2\",a=\"1\"} 9\nx{a=\"1\",b=\"3\"} 2\n");
        assertThat(page.samples()).extracting(Sample::value).containsExactly(1.0, 2.0);
        assertThat(page.summary().skipped().duplicates()).isEqualTo(1);
    }

    @Test
    void aLineOfMoreThan64KibIsReadOver() {
        String label = "v".repeat(ExpositionReader.LONGEST_LINE);
        String fits = "v".repeat(ExpositionReader.LONGEST_LINE - 10);
        Pages.Result page = Pages.read(
                "a 1\nb{x=\"" + label + "\"} 1\nc{x=\"" + fits + "\"} 1\nd 1\n# " + label.repeat(5) + "\ne 1\n");
        assertThat(page.samples()).extracting(Sample::name).containsExactly("a", "c", "d", "e");
        assertThat(page.summary().skipped().overlong()).isEqualTo(2);
        assertThat(page.summary().lines()).isEqualTo(6);
    }

    @Test
    void aLastLineWithoutItsEndIsNotTrusted() {
        Pages.Result page = Pages.read("done_total{e=\"0\"} 12\ndone_total{e=\"1\"} 12");
        assertThat(page.samples()).hasSize(1);
        assertThat(page.summary().end()).isEqualTo(new PageSummary.End(false, "done_total"));
        assertThat(Pages.read("a 1\n" + "b".repeat(3 * ExpositionReader.LONGEST_LINE))
                        .summary()
                        .end()
                        .whole())
                .isFalse();
        assertThat(Pages.read("").summary().end().whole()).isTrue();
    }

    @Test
    void keepsTwentyThousandSeriesAndCountsTheRest() {
        Pages.Result page =
                Pages.read(new Pages.Endless(400_000, at -> "x{a=\"" + at + "\",b=\"" + at % 7 + "\"} " + at), "");
        assertThat(page.samples()).hasSize(ExpositionReader.MOST_SERIES);
        assertThat(page.summary().skipped().dropped()).isEqualTo(380_000);
    }

    @Test
    void seriesThatNobodyWantsCostNoPlace() {
        Pages.Result page = Pages.read(
                new Pages.Endless(
                        400_000,
                        at -> at % 100_000 == 99_999 ? "vllm:x{a=\"" + at + "\"} 1" : "other{a=\"" + at + "\"} 1"),
                "vllm:");
        assertThat(page.samples()).hasSize(4);
        assertThat(page.summary().skipped().unwanted()).isEqualTo(399_996);
    }

    @Test
    void ordersManyLabelsAndRefusesTooMany() {
        StringBuilder line = new StringBuilder("x{");
        for (int at = 0; at < 128; at++) {
            line.append("l").append(997 - at * 7).append("=\"").append(at).append("\",");
        }
        Sample sample = Pages.read(line + "} 1\n").only();
        assertThat(sample.labels().size()).isEqualTo(128);
        List<String> names = java.util.stream.IntStream.range(0, 128)
                .mapToObj(sample.labels()::name)
                .toList();
        assertThat(names).isSorted();
        assertThat(Pages.read(line + "more=\"1\"} 1\n").summary().skipped().broken())
                .isEqualTo(1);
    }

    @Test
    void aStreamThatGivesOneByteAtATimeOrNoneReadsTheSame() {
        String text = "# TYPE a counter\na_total{x=\"1\"} 2\nb 3\n";
        InputStream drip = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            private int calls;

            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return calls++ % 2 == 0 ? 0 : super.read(into, from, 1);
            }
        };
        assertThat(Pages.read(drip, "").samples())
                .isEqualTo(Pages.read(text).samples())
                .hasSize(2);
    }

    @Test
    void theFastNumbersAreTheExactOnes() {
        NumberReader reader = new NumberReader();
        for (int at = 1; at < 20_000; at++) {
            String text = Double.toString(at * 0.000_137).replace("E", "e");
            assertThat(reader.read(text)).isTrue();
            assertThat(reader.value()).isCloseTo(Double.parseDouble(text), within(0.0));
        }
    }
}
