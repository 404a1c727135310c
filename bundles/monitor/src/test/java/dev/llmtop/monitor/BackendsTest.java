// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.Discovery.Processes;
import dev.llmtop.model.EngineSnapshot.RemoteBackend;
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
        Backends backends = new Backends(List.of(Made.vllm(8000), Made.vllm(4000), container()), Set.of());
        assertThat(ids(
                        backends,
                        List.of(
                                "http://localhost:8000/v1",
                                "http://[::1]:8000",
                                "http://172.17.0.2:9000/v1",
                                "http://192.168.1.5:8000",
                                "http://127.0.0.1:5555",
                                "nonsense")))
                .containsExactly("127.0.0.1:8000", "127.0.0.1:9100");
    }

    @Test
    void ownNamesAndAddressesLeadToLoopback() {
        Backends backends = new Backends(List.of(Made.vllm(8000)), Set.of("box", "192.168.1.5"));
        assertThat(ids(backends, List.of("http://BOX:8000/v1", "http://192.168.1.5:8000")))
                .containsExactly("127.0.0.1:8000");
        assertThat(ids(backends, List.of("http://box:8001", "http://192.168.1.6:8000")))
                .isEmpty();
    }

    @Test
    void onlyWhatIsNotOnThisMachineIsRemote() {
        Backends backends = new Backends(List.of(Made.vllm(8000), container()), Set.of("box"));
        RemoteBackend far = new RemoteBackend("192.168.1.6:8000", "m");
        RemoteBackend provider = new RemoteBackend("openai", "gpt");
        assertThat(backends.remote(
                        List.of(
                                far,
                                provider,
                                new RemoteBackend("box:8000", "m"),
                                new RemoteBackend("box:9999", "m"),
                                new RemoteBackend("172.17.0.2:9000", "m")),
                        List.of(),
                        ""))
                .containsExactly(far, provider);
    }

    @Test
    void aRouterBeforeARouterHasThatOneBehindIt() {
        Backends backends = new Backends(List.of(Made.vllm(8000), Made.vllm(8080), Made.vllm(4000)), Set.of());
        assertThat(ids(backends, List.of("http://127.0.0.1:8080/v1"))).containsExactly("127.0.0.1:8080");
        assertThat(ids(backends, List.of("http://localhost:8000"))).containsExactly("127.0.0.1:8000");
    }

    @Test
    void urlsOfOtherMachinesAreRemoteBackendsToo() {
        Backends backends = new Backends(List.of(Made.vllm(8000)), Set.of("box"));
        assertThat(backends.remote(
                        List.of(new RemoteBackend("192.168.1.6:8000", "m")),
                        List.of(
                                "http://192.168.1.6:8000/v1",
                                "http://10.0.0.9:30000",
                                "https://far.example",
                                "http://127.0.0.1:8000",
                                "http://box:9999",
                                "nonsense"),
                        "x"))
                .containsExactly(
                        new RemoteBackend("192.168.1.6:8000", "m"),
                        new RemoteBackend("10.0.0.9:30000", "x"),
                        new RemoteBackend("far.example:443", "x"));
    }

    private static List<String> ids(Backends backends, List<String> urls) {
        return urls.stream()
                .flatMap(url -> backends.id(url).stream())
                .distinct()
                .sorted()
                .toList();
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
