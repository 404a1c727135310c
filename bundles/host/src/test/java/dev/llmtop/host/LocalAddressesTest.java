// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LocalAddressesTest {
    @Test
    void localAddressesOfTheTrieAreFoundOnce() {
        String table = """
                Main:
                  +-- 0.0.0.0/0 3 0 5
                     |-- 0.0.0.0
                        /0 universe UNICAST
                     +-- 127.0.0.0/8 2 0 2
                        +-- 127.0.0.0/31 1 0 0
                           |-- 127.0.0.0
                              /8 host LOCAL
                           |-- 127.0.0.1
                              /32 host LOCAL
                     +-- 172.17.0.0/16 2 0 2
                        |-- 172.17.0.0
                           /16 link UNICAST
                        |-- 172.17.0.2
                           /32 host LOCAL
                        |-- 172.17.255.255
                           /32 link BROADCAST
                """;

        assertThat(LocalAddresses.ipv4(lines(table + table.replace("Main", "Local"))))
                .containsExactly("172.17.0.2");
    }

    @Test
    void onlyGlobalAddressesOfVersionSixCount() {
        String table = """
                00000000000000000000000000000001 01 80 10 80       lo
                fd000000000000000000000000000002 02 40 00 80     eth0
                fe8000000000000000000000000000aa 02 40 20 80     eth0
                """;

        assertThat(LocalAddresses.ipv6(lines(table))).containsExactly("fd00::2");
    }

    @Test
    void nothingComesOfNothing() {
        assertThat(LocalAddresses.ipv4(lines(""))).isEmpty();
        assertThat(LocalAddresses.ipv6(lines("\n\nfe80 x\n"))).isEmpty();
    }

    private static Bytes lines(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Bytes.of(bytes, bytes.length);
    }
}
