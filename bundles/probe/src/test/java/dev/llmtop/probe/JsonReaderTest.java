// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private final JsonReader reader = new JsonReader();

    @Test
    void jsonIsReadByItsTypeOrItsLook() {
        assertThat(reader.read("{\"a\":1}", "application/json; charset=utf-8")
                        .get("a")
                        .asInt())
                .isEqualTo(1);
        assertThat(reader.read(" \n[1]", "text/plain").size()).isEqualTo(1);
        assertThat(reader.read("\"I'm alive!\"", "").asText()).isEqualTo("I'm alive!");
        assertThat(reader.read("\ufeff{}", "").isObject()).isTrue();
        assertThat(reader.read("true", "application/json").isBoolean()).isTrue();
        assertThat(reader.read("true", "text/plain").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\":NaN}",
                "[Infinity]",
                "[-Infinity]",
                "[1] trailing",
                "{}{}",
                "{'a':1}",
                "{\"a\":01}",
                "[1,]",
                "{\"cut\": \"of",
                "<html>",
                "[\"\u0001\"]"
            })
    void whatIsNoJsonIsMissing(String body) {
        assertThat(reader.read(body, "application/json").isMissingNode()).isTrue();
    }

    @Test
    void depthNumbersNamesAndTokensAreLimited() {
        assertThat(missing("[".repeat(64) + "]".repeat(64))).isFalse();
        assertThat(missing("[".repeat(65) + "]".repeat(65))).isTrue();
        assertThat(missing("[".repeat(1_000_000))).isTrue();
        assertThat(missing("{\"a\":".repeat(200_000))).isTrue();
        assertThat(missing("[" + "9".repeat(101) + "]")).isTrue();
        assertThat(missing("{\"" + "n".repeat(5_000) + "\":1}")).isTrue();
        assertThat(missing("[" + "1,".repeat(250_000) + "1]")).isTrue();
        assertThat(missing("[\"" + "s".repeat(500_000) + "\"]")).isFalse();
        assertThat(missing("[\"" + "s".repeat((1 << 20) + 1) + "\"]")).isTrue();
    }

    private boolean missing(String body) {
        return reader.read(body, "").isMissingNode();
    }

    @Test
    void numberBeyondADoubleIsNullAndTheRestStands() {
        JsonNode json = reader.read("{\"a\":1e999,\"b\":[-1e999,2.5],\"c\":3}", "");
        assertThat(json.get("a").isNull()).isTrue();
        assertThat(json.at("/b/0").isNull()).isTrue();
        assertThat(json.at("/b/1").asDouble()).isEqualTo(2.5);
        assertThat(json.get("c").asInt()).isEqualTo(3);
    }

    @Property(tries = 500)
    void anyTextIsReadOrMissingAndNeverThrows(@ForAll String body) {
        assertThat(reader.read(body, "application/json")).isNotNull();
        assertThat(reader.read("{\"a\":" + body, "")).isNotNull();
    }
}
