// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.Discovery.Processes;
import dev.llmtop.monitor.Addresses.Address;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendsTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8000/v1, 127.0.0.1, 8000",
        "https://Box.local/v1?x=a:b, box.local, 443",
        "http://[::1]:9106, ::1, 9106",
        "localhost:8080, localhost, 8080",
        "http://user:pass@10.0.0.2:1234/, 10.0.0.2, 1234",
        "http://host, host, 80",
    })
    void addressesAreRead(String text, String host, int port) {
        assertThat(Addresses.parse(text)).hasValue(new Address(host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ollama", "http://", "host:99999", "host:", "://", "http:///x", "host:abc"})
    void whatIsNoAddressIsNone(String text) {
        assertThat(Addresses.parse(text)).isEmpty();
    }

    @Test
    void urlsAreFoundByAddressAndByAnyNameOfLoopback() {
        Backends backends = new Backends(List.of(Made.vllm(8000), Made.vllm(4000), container()));
        assertThat(backends.ids(
                        List.of(
                                "http://localhost:8000/v1",
                                "http://[::1]:8000",
                                "http://172.17.0.2:9000/v1",
                                "http://127.0.0.1:4000",
                                "http://192.168.1.5:8000",
                                "http://127.0.0.1:5555",
                                "nonsense"),
                        "127.0.0.1:4000"))
                .containsExactly("127.0.0.1:8000", "127.0.0.1:9100");
    }

    private static Found container() {
        Found found = Made.vllm(9100);
        return new Found(
                found.kind(),
                found.title(),
                found.candidate(),
                found.match(),
                found.state(),
                new Processes(Optional.empty(), Set.of(), List.of("172.17.0.2:9000")),
                List.of());
    }
}
