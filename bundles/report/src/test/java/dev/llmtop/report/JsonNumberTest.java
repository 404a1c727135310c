// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonNumberTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "3, 3",
        "143.1999837, 143.2",
        "0.31249999, 0.3125",
        "0.000012345678, 0.0000123457",
        "86400.12349, 86400.123",
        "1234567.8912, 1234567.891",
        "109521666048, 109521666048",
        "1e15, 1000000000000000",
        "1.5e20, 150000000000000000000",
        "-41.5, -41.5",
        "0.9999999, 1",
        "99.9999999, 100"
    })
    void hasSixDigitsAndNoExponent(double value, String written) {
        assertThat(JsonNumber.of(value)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"1e-300", "1.7e308", "-2.5e-12"})
    void extremesStayNumbers(double value) {
        assertThat(Double.parseDouble(JsonNumber.of(value))).isEqualTo(value);
    }
}
