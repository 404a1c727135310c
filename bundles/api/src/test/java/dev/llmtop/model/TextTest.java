// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void controlBidiAndInvisibleCharactersAreGone() {
        assertThat(Text.clean("a\u001b[31mb\u0000\u007f\u009bc")).isEqualTo("a[31mbc");
        assertThat(Text.clean("a\u202eb\u2066c\u200bd\ufeffe\u00adf")).isEqualTo("abcdef");
        assertThat(Text.clean("a\ud800b\udc00c")).isEqualTo("abc");
        assertThat(Text.clean("a\ue000b\u2028c")).isEqualTo("abc");
        assertThat(Text.clean("a" + Character.toString(0xE0041) + "b")).isEqualTo("ab");
    }

    @Test
    void lineEndsAndTabsBecomeABlank() {
        assertThat(Text.clean("a\nb\tc\rd")).isEqualTo("a b c d");
    }

    @Test
    void textOfAnyLanguageStays() {
        assertThat(Text.clean("Qwen3 通义 модель 🦙 é")).isEqualTo("Qwen3 通义 модель 🦙 é");
    }

    @Test
    void aLongTextIsCutButNeverInsideAPair() {
        assertThat(Text.clean("x".repeat(5_000))).hasSize(1_000);
        assertThat(Text.clean("x".repeat(999) + "🦙🦙")).isEqualTo("x".repeat(999));
        assertThat(Text.clean("x".repeat(998) + "🦙🦙")).isEqualTo("x".repeat(998) + "🦙");
    }
}
