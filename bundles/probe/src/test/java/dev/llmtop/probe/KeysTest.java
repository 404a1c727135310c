// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Snapshot.Problem;
import dev.llmtop.spi.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private static final Endpoint LOCAL = Endpoint.tcp("127.0.0.1", 8000);
    private static final Endpoint REMOTE = Endpoint.tcp("192.0.2.7", 8000);

    @TempDir
    private Path config;

    private Keys keys(String content, String permissions, String general) throws IOException {
        Path file = Files.createDirectories(config.resolve("llmtop")).resolve("keys.properties");
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return Keys.of(Map.of("XDG_CONFIG_HOME", config.toString(), "LLMTOP_API_KEY", general));
    }

    private Keys keys(String content) throws IOException {
        return keys(content, "rw-------", "");
    }

    private static Optional<String> secret(Keys keys, Endpoint endpoint, boolean tls) {
        return keys.find(endpoint, tls).map(Key::secret);
    }

    @Test
    void keyOfTheEnvironmentIsForThisMachineOnly() {
        Keys keys = Keys.of(Map.of("LLMTOP_API_KEY", "general"));
        assertThat(secret(keys, LOCAL, false)).contains("general");
        assertThat(secret(keys, Endpoint.tcp("localhost", 1), false)).contains("general");
        assertThat(secret(keys, Endpoint.tcp("::1", 1), false)).contains("general");
        assertThat(secret(keys, Endpoint.unix("/run/x.sock"), false)).contains("general");
        assertThat(secret(keys, REMOTE, false)).isEmpty();
        assertThat(secret(keys, REMOTE, true)).isEmpty();
        assertThat(secret(keys, Endpoint.tcp("8.8.8.8", 443), true)).isEmpty();
        assertThat(secret(keys, Endpoint.tcp("localhost.example", 1), false)).isEmpty();
        assertThat(secret(keys, Endpoint.tcp("2001:db8::1", 1), false)).isEmpty();
    }

    @Test
    void configuredKeyIsForExactlyItsEndpoint() throws IOException {
        Keys keys = keys("""
                # mine

                http://192.0.2.7:8000 = remote
                127.0.0.1:8001=bare
                http\\://127.0.0.1\\:8002/=escaped
                unix:/run/v.sock=socket
                http://localhost:8003=both
                http://[2001:DB8::1]:9=six
                """);
        assertThat(keys.problems()).isEmpty();
        assertThat(secret(keys, REMOTE, false)).contains("remote");
        assertThat(secret(keys, Endpoint.tcp("192.0.2.7", 8001), false)).isEmpty();
        assertThat(secret(keys, Endpoint.tcp("192.0.2.8", 8000), false)).isEmpty();
        assertThat(secret(keys, LOCAL, false)).isEmpty();
        assertThat(secret(keys, Endpoint.tcp("127.0.0.1", 8001), false)).contains("bare");
        assertThat(secret(keys, Endpoint.tcp("127.0.0.1", 8002), false)).contains("escaped");
        assertThat(secret(keys, Endpoint.unix("/run/v.sock"), false)).contains("socket");
        assertThat(secret(keys, Endpoint.tcp("127.0.0.1", 8003), false)).contains("both");
        assertThat(secret(keys, Endpoint.tcp("::1", 8003), false)).contains("both");
        assertThat(secret(keys, Endpoint.tcp("2001:db8::1", 9), false)).contains("six");
    }

    @Test
    void configuredKeyWinsOverThatOfTheEnvironment() throws IOException {
        Keys keys = keys("127.0.0.1:8000=own\n", "rw-------", "general");
        assertThat(secret(keys, LOCAL, false)).contains("own");
        assertThat(secret(keys, Endpoint.tcp("127.0.0.1", 8001), false)).contains("general");
    }

    @Test
    void keyForHttpsStaysOffAPlainConnectionAndIsVerifiedBeyondTheMachine() throws IOException {
        Keys keys = keys("https://192.0.2.7:8000=remote\nhttps://127.0.0.1:8000=local\n");
        assertThat(keys.find(REMOTE, false)).isEmpty();
        assertThat(keys.find(LOCAL, false)).isEmpty();
        assertThat(keys.find(REMOTE, true).orElseThrow().verified()).isTrue();
        assertThat(keys.find(LOCAL, true).orElseThrow().verified()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-r--r--", "rw--w----", "rw-----w-"})
    void fileThatOthersCanReachIsIgnoredWithOneLine(String permissions) throws IOException {
        Keys keys = keys("127.0.0.1:8000=secret-one\n127.0.0.1:8001=secret-two\n", permissions, "");
        assertThat(secret(keys, LOCAL, false)).isEmpty();
        assertThat(keys.problems())
                .singleElement()
                .extracting(Problem::detail)
                .asString()
                .doesNotContain("secret");
    }

    @Test
    void brokenLinesAreNamedByNumberAndNeverQuoted() throws IOException {
        Keys keys = keys("sk-lonely\n127.0.0.1:8000=has blank\n=nothing\nhttp://x:y@z=k\n127.0.0.1:8001=good\n");
        assertThat(keys.problems())
                .extracting(Problem::detail)
                .containsExactly(
                        "line 1 of keys.properties is no URL=key",
                        "line 2 of keys.properties is no URL=key",
                        "line 3 of keys.properties is no URL=key",
                        "line 4 of keys.properties is no URL=key");
        assertThat(secret(keys, Endpoint.tcp("127.0.0.1", 8001), false)).contains("good");
    }

    @Test
    void keyThatWouldBreakTheRequestIsIgnoredAndNotQuoted() {
        Keys keys = Keys.of(Map.of("LLMTOP_API_KEY", "sk-a\r\nX-Evil: 1"));
        assertThat(secret(keys, LOCAL, false)).isEmpty();
        assertThat(keys.problems())
                .singleElement()
                .extracting(Problem::detail)
                .asString()
                .doesNotContain("sk-a");
    }

    @Test
    void keysOfOtherToolsAreNotTaken() {
        Keys keys = Keys.of(Map.of(
                "OPENAI_API_KEY", "one",
                "VLLM_API_KEY", "two",
                "HF_TOKEN", "three",
                "LITELLM_MASTER_KEY", "four",
                "LLAMA_API_KEY", "five",
                "API_KEY", "six"));
        assertThat(secret(keys, LOCAL, false)).isEmpty();
        assertThat(secret(keys, Endpoint.unix("/run/x.sock"), false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "docker0,172.17.0.1,16,172.17.9.9,true",
        "br-0123456789ab,172.18.0.1,16,172.18.0.2,true",
        "podman0,10.88.0.1,16,10.88.3.4,true",
        "docker0,172.17.0.1,16,172.18.0.2,false",
        "eth0,192.0.2.7,24,192.0.2.7,true",
        "eth0,192.0.2.7,24,192.0.2.8,false",
        "br-lan,192.0.2.7,24,192.0.2.8,false",
        "br0,192.0.2.7,24,192.0.2.8,false"
    })
    void containersOfThisMachineAreLocalAndNeighboursOnItsNetworkAreNot(
            String name, String own, int prefix, String address, boolean local) throws IOException {
        assertThat(LocalAddresses.covers(name, InetAddress.getByName(own), prefix, InetAddress.getByName(address)))
                .isEqualTo(local);
    }

    @Test
    void withoutFileAndEnvironmentThereIsNoKeyAndNoProblem() {
        Keys keys = Keys.of(Map.of("HOME", config.toString()));
        assertThat(secret(keys, LOCAL, false)).isEmpty();
        assertThat(keys.problems()).isEmpty();
    }

    @Test
    void prefixesAreComparedBitByBit() {
        byte[] bridge = {(byte) 172, 17, 0, 1};
        assertThat(LocalAddresses.samePrefix(bridge, new byte[] {(byte) 172, 17, 9, 9}, 16))
                .isTrue();
        assertThat(LocalAddresses.samePrefix(bridge, new byte[] {(byte) 172, 18, 0, 1}, 16))
                .isFalse();
        assertThat(LocalAddresses.samePrefix(bridge, new byte[] {(byte) 172, 17, 0, 2}, 31))
                .isFalse();
        assertThat(LocalAddresses.samePrefix(bridge, new byte[] {(byte) 172, 17, 0, (byte) 129}, 25))
                .isFalse();
        assertThat(LocalAddresses.samePrefix(bridge, new byte[] {(byte) 172, 17, 0, 1}, 32))
                .isTrue();
        assertThat(LocalAddresses.samePrefix(bridge, new byte[] {1, 2, 3, 4}, 0))
                .isFalse();
        assertThat(LocalAddresses.samePrefix(bridge, new byte[16], 16)).isFalse();
    }
}
