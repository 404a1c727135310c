// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.4, 0.40",
        "38.44, 38.4",
        "143.2, 143",
        "1214, 1.21K",
        "9320, 9.32K",
        "999.4, 999",
        "999.6, 1.00K",
        "9.996, 10.0",
        "99.96, 100",
        "0.003, <0.01",
        "0.005, 0.01",
        "-38.44, -38.4",
        "-1214, -1.2K",
        "65536, 65.5K",
        "1000000, 1.00M",
        "1e30, #"
    })
    void aNumberHasThreeSignificantDigits(double value, String cell) {
        assertThat(Cells.number(value)).isEqualTo(cell);
    }

    @ParameterizedTest
    @CsvSource({
        "1214, 4, 1.2K",
        "1214, 3, 1K",
        "0.4, 3, 0.4",
        "0.003, 4, <.1",
        "143, 3, 143",
        "12345, 3, 12K",
        "123456, 3, #"
    })
    void aNumberGivesUpDigitsForAMark(double value, int cells, String cell) {
        assertThat(Cells.number(value, cells)).isEqualTo(cell);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 3", "999, 999", "1000, 1.00K", "1278, 1.28K", "-3, -3", "9223372036854775807, 9.22E"})
    void aCountBelowAThousandIsExact(long value, String cell) {
        assertThat(Cells.count(value)).isEqualTo(cell);
    }

    @ParameterizedTest
    @CsvSource({
        "512, 512",
        "32768, 32768",
        "131072, 128K",
        "1048576, 1M",
        "100000, 100K",
        "200001, 200K",
        "2000000, 2.00M"
    })
    void aContextIsExactWhereItFits(long value, String cell) {
        assertThat(Cells.tokens(value)).isEqualTo(cell);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0 B",
        "512, 512B, 512 B",
        "1023, 1.0K, 1.00 KiB",
        "1536, 1.5K, 1.50 KiB",
        "4938000000, 4.6G, 4.60 GiB",
        "109521666048, 102G, 102 GiB",
        "128501256192, 120G, 120 GiB",
        "5123456789, 4.8G, 4.77 GiB",
        "10700000000, 10G, 9.97 GiB",
        "1099511627775, 1.0T, 1.00 TiB"
    })
    void bytesAreBinary(double value, String cell, String text) {
        assertThat(Cells.bytes(value)).isEqualTo(cell);
        assertThat(Cells.bytesInText(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0%", "0.004, <1%", "0.312, 31%", "0.996, 100%", "1, 100%", "1.7, 170%"})
    void aRatioIsAWholePercentageAndOnlyZeroIsZero(double value, String cell) {
        assertThat(Cells.ratio(value)).isEqualTo(cell);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "0.0000003, 1us",
        "0.00032, 320us",
        "0.004, 4.0ms",
        "0.0204, 20ms",
        "0.12, 120ms",
        "0.9994, 999ms",
        "0.9996, 1.00s",
        "1.9, 1.90s",
        "12.34, 12.3s",
        "150, 150s",
        "1200, 20m",
        "11520, 3h12m"
    })
    void aLatencyFitsIntoFiveCells(double seconds, String cell) {
        assertThat(Cells.latency(seconds)).isEqualTo(cell);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0s",
        "41.9, 41s",
        "187, 3m07s",
        "720, 12m",
        "11520, 3h12m",
        "45000, 12h",
        "86400, 1d0h",
        "1123200, 13d0h",
        "9000000, 104d"
    })
    void aDurationKeepsItsLargestUnits(double seconds, String cell) {
        assertThat(Cells.duration(seconds)).isEqualTo(cell);
    }

    @Test
    void noValueIsWiderThanItsCell() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 20_000; round++) {
            double value = Math.exp(random.nextDouble() * 60 - 20);
            assertThat(Cells.number(value)).as("%s", value).hasSizeLessThanOrEqualTo(5);
            assertThat(Cells.number(value, 4)).as("%s", value).hasSizeLessThanOrEqualTo(4);
            assertThat(Cells.bytes(value)).as("%s", value).hasSizeLessThanOrEqualTo(5);
            assertThat(Cells.bytes(value, 4)).as("%s", value).hasSizeLessThanOrEqualTo(4);
            assertThat(Cells.latency(Math.min(value, 1e8))).as("%s", value).hasSizeLessThanOrEqualTo(5);
            assertThat(Cells.latency(Math.min(value, 1e7), 4)).as("%s", value).hasSizeLessThanOrEqualTo(4);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/root/.cache/zoo/models/tiny.gguf, tiny.gguf",
        "./m.gguf, m.gguf",
        "~/models/qwen3, qwen3",
        "C:\\models\\a.gguf, a.gguf",
        "Qwen/Qwen3-32B, Qwen/Qwen3-32B",
        "gemma3:4b, gemma3:4b",
        "/models/, /models/",
    })
    void aModelThatIsAPathIsNamedByItsEnd(String id, String shown) {
        assertThat(Cells.model(id)).isEqualTo(shown);
    }
}
