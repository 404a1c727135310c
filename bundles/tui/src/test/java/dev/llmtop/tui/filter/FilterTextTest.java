// SPDX-License-Identifier: MIT
package dev.llmtop.tui.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.tui.sample.Samples;
import dev.llmtop.tui.state.Filter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FilterTextTest {
    /** The mock-up: LiteLLM:4000 before vLLM:8000, llama.cpp:8080, Ollama:11434, and a closed one at 9001. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                          | 4000 8000 8080 11434 9001",
                "vllm                        | 8000",
                "VLLM                        | 8000",
                "QWEN3                       | 8000",
                "qwen                        | 8000 8080",
                "qwen 8080                   | 8080",
                "127.0.0.1:9001              | 9001",
                "gemma3:4b                   | 11434",
                "!vllm                       | 4000 8080 11434 9001",
                "!vllm !qwen                 | 4000 11434 9001",
                "/^qwen.*awq$/               | 8000",
                "/^ol.*ma$/                  | 11434",
                "!/o/                        | 4000 8000",
                "kind:vllm                   | 8000",
                "kind:vllm,ollama            | 8000 11434",
                "kind:vllm,ollama kv>30%     | 8000",
                "model:gemma                 | 11434",
                "port:8000,9001              | 8000 9001",
                "port:800                    | ''",
                "state:blocked               | 9001",
                "!state:blocked              | 4000 8000 8080 11434",
                "gpu:0                       | 8000 8080 11434",
                "gpu:1                       | ''",
                "user:root                   | 8000",
                "container:vllm              | 8000",
                "quant:awq                   | 8000",
                "pid:812                     | 8000",
                "kv>31%                      | 8000",
                "kv>0.3                      | 8000",
                "kv>31                       | 8000",
                "kv<31%                      | ''",
                "kv<32%                      | 8000",
                "kv=31%                      | 8000",
                "mem>100G                    | 8000",
                "mem<10G                     | 8080 11434",
                "decode>40                   | 8000",
                "decode>=143                 | 8000",
                "decode<=38.4                | 8080",
                "prefill>0.5K                | 8000",
                "run=3                       | 8000",
                "wait>0                      | 8000",
                "wait=0                      | 8080",
                "ttft>100ms                  | 8000",
                "ttft<1s                     | 8000",
                "itl<25ms                    | 8000",
                "up>1h                       | 8000",
                "up<1d                       | ''",
            })
    void filtersTheMockup(String text, String ports) {
        Filter filter = new Filter(text);
        List<EngineSnapshot> shown = Samples.mockup().engines().stream()
                .filter(engine -> filter.matches(engine, Optional.empty()))
                .toList();
        assertThat(shown.stream()
                        .map(engine -> engine.placement().port().getAsInt())
                        .collect(Collectors.toSet()))
                .isEqualTo(java.util.Arrays.stream(ports.split(" "))
                        .filter(port -> !port.isEmpty())
                        .map(Integer::valueOf)
                        .collect(Collectors.toSet()));
    }

    @Test
    void aModelOfItsOwnIsMatchedByItself() {
        EngineSnapshot ollama = Samples.mockup().engine("127.0.0.1:11434").orElseThrow();
        Filter filter = new Filter("model:gemma");
        assertThat(ollama.models()).anyMatch(model -> filter.matches(ollama, Optional.of(model)));
        assertThat(ollama.models()).anyMatch(model -> !filter.matches(ollama, Optional.of(model)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kv>80%%      | expected a number after >",
                "kv>          | expected a number after >",
                "decode<=fast | expected a number after <=",
                "mem>4q       | expected a size, such as 4G after mem>",
                "mem>50%      | expected a size, such as 4G after mem>",
                "ttft>500     | expected a time, such as 500ms after ttft>",
                "up>3y        | expected a time, such as 2h after up>",
                "speed>3      | nothing called speed can be compared",
                "port:http    | expected a number after port:",
                "kind:        | expected a value after kind:",
                "kind:vllm,   | expected a value after kind:",
                "state:asleep | expected one of ready loading sleeping blocked unreachable identifying loaded available remote",
                "!            | expected a word after !",
                "/            | expected / at the end of the expression",
                "/(/          | no expression: Unclosed group",
                "/abc         | expected / at the end of the expression",
                "vllm kv>x    | expected a number after >",
            })
    void saysWhatIsWrong(String text, String complaint) {
        assertThatThrownBy(() -> new Filter(text))
                .isInstanceOf(FilterComplaint.class)
                .hasMessage(complaint);
    }

    @Test
    void anExpressionMayHaveBlanksAndSlashesInside() {
        assertThat(FilterText.terms("/a b/ c")).hasSize(2);
        assertThat(FilterText.terms("/a/b/ c")).hasSize(2);
        assertThat(FilterText.terms("!/a b/")).hasSize(1);
    }

    @Test
    void anExpressionThatWouldGoOnForEverFindsNothing() {
        Filter filter = new Filter("/(v+)+(L+)+(M+)+x?y/");
        long before = System.nanoTime();
        assertThat(filter.matches(Samples.vllm(), Optional.empty())).isFalse();
        assertThat(BoundedText.finds(java.util.regex.Pattern.compile("(a+)+b"), "a".repeat(1_000)))
                .isFalse();
        assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
    }

    @Property(tries = 2_000)
    void anyTextIsAFilterOrAComplaint(@ForAll @StringLength(max = 40) @CharRange(from = ' ', to = '~') String text) {
        try {
            Filter filter = new Filter(text);
            Samples.mockup().engines().forEach(engine -> filter.matches(engine, Optional.empty()));
        } catch (FilterComplaint complaint) {
            assertThat(complaint.words()).isNotBlank().hasSizeLessThan(120);
        }
    }

    @Property(tries = 300)
    void notTurnsEveryAnswerRound(
            @ForAll @StringLength(min = 1, max = 6) @CharRange(from = 'a', to = 'z') String word) {
        Filter plain = new Filter(word);
        Filter not = new Filter("!" + word);
        Samples.mockup()
                .engines()
                .forEach(engine -> assertThat(not.matches(engine, Optional.empty()))
                        .isNotEqualTo(plain.matches(engine, Optional.empty())));
    }

    @Property(tries = 300)
    void moreWordsNeverShowMore(
            @ForAll @StringLength(max = 3) @CharRange(from = 'a', to = 'z') String one,
            @ForAll @StringLength(max = 3) @CharRange(from = 'a', to = 'z') String other) {
        Filter narrow = new Filter(one + " " + other);
        Filter wide = new Filter(one);
        Samples.mockup()
                .engines()
                .forEach(engine -> assertThat(
                                !narrow.matches(engine, Optional.empty()) || wide.matches(engine, Optional.empty()))
                        .isTrue());
    }
}
