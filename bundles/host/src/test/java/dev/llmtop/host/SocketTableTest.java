// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.ProcessTable.Listener;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketTableTest {
    private static final String HEAD =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    @TempDir
    Path folder;

    @Test
    void listenersOfBothFamiliesAreRead() {
        new ProcTree(folder)
                .write(
                        "net/tcp",
                        HEAD
                                + line("0100007F:94C5", "0A", 1000, 11)
                                + line("00000000:1F40", "0A", 0, 12)
                                + line("0100007F:1F40", "01", 0, 13))
                .write("net/tcp6", HEAD + line("00000000000000000000000001000000:2392", "0A", 65534, 14));

        assertThat(read())
                .containsExactly(
                        new Listener("127.0.0.1", 38085, 11, 1000, 0),
                        new Listener("0.0.0.0", 8000, 12, 0, 0),
                        new Listener("::1", 9106, 14, 65534, 0));
        assertThat(read()).filteredOn(Listener::wildcard).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0100007F, 127.0.0.1",
        "020011AC, 172.17.0.2",
        "00000000000000000000000000000000, ::",
        "00000000000000000000000001000000, ::1",
        "0000000000000000FFFF00000100007F, 127.0.0.1",
        "B80D0120000000000000000001000000, 2001:db8::1",
        "000080FE00000000FF005450567890AB, fe80::5054:ff:ab90:7856",
        "B80D012000000100020000000000FFFF, 2001:db8:1::2:ffff:0",
    })
    void addressesAreWordsOfALittleEndianMachine(String words, String address) {
        new ProcTree(folder).write("net/tcp6", HEAD + line(words + ":1F40", "0A", 0, 1));

        assertThat(read()).extracting(Listener::host).containsExactly(address);
    }

    @Test
    void lineAcrossTheEndOfTheBufferIsWhole() {
        StringBuilder text = new StringBuilder(HEAD);
        for (int at = 1; at <= 500; at++) {
            text.append(line("00000000:%04X".formatted(at), "0A", 0, at));
        }
        new ProcTree(folder).write("net/tcp", text.toString());

        assertThat(read()).hasSize(500).extracting(Listener::port).doesNotHaveDuplicates();
    }

    @Test
    void lastLineNeedsNoEnd() {
        new ProcTree(folder).write("net/tcp", (HEAD + line("00000000:1F40", "0A", 0, 1)).stripTrailing());

        assertThat(read()).hasSize(1);
    }

    @Test
    void brokenLinesAreSkipped() {
        new ProcTree(folder)
                .write(
                        "net/tcp",
                        HEAD + "\n   0:\n   0: zz:1F40\n   1: 00000000\n   2: 0000000000000000:1F40 0:0 0A\n"
                                + "x".repeat(20_000) + "\n" + line("00000000:0000", "0A", 0, 1)
                                + line("00000000:1F40", "0A", 0, 2).replace(" 2 ", " -2 ")
                                + line("00000000:1F41", "0A", 0, 3));

        assertThat(read()).extracting(Listener::port).containsExactly(8001);
    }

    @Test
    void largestUserNumberIsNoError() {
        new ProcTree(folder).write("net/tcp", HEAD + line("00000000:1F40", "0A", 4294967294L, 1));

        assertThat(read()).extracting(Listener::uid).containsExactly(-2);
    }

    @Test
    void quickReadingStopsAtTheFirstConnectionWhereListenersStandFirst() {
        ProcTree tree = new ProcTree(folder);
        SocketTable table = new SocketTable();
        String listeners = line("00000000:1F40", "0A", 0, 1) + line("00000000:1F41", "0A", 0, 2);
        String connections = line("00000000:1F40", "01", 0, 3).repeat(20);
        tree.write("net/tcp", HEAD + listeners + connections);
        assertThat(table.listenersQuickly(folder + "/net")).hasSize(2);

        // Behind so many connections it can only be found by a whole reading.
        tree.write("net/tcp", HEAD + listeners + connections + line("00000000:1F42", "0A", 0, 4));
        assertThat(table.listenersQuickly(folder + "/net")).hasSize(2);

        for (int reading = 0; reading < 32; reading++) {
            table.listenersQuickly(folder + "/net");
        }
        assertThat(table.listenersQuickly(folder + "/net")).hasSize(3);
    }

    @Test
    void quickReadingFindsAllListenersOfAKernelThatMixesThem() {
        SocketTable table = new SocketTable();
        new ProcTree(folder)
                .write(
                        "net/tcp",
                        HEAD + line("00000000:1F40", "01", 0, 1).repeat(20) + line("00000000:1F40", "0A", 0, 2));

        assertThat(table.listenersQuickly(folder + "/net")).hasSize(1);
        assertThat(table.listenersQuickly(folder + "/net")).hasSize(1);
    }

    @Test
    void quickReadingFindsNewListeners() {
        ProcTree tree = new ProcTree(folder).write("net/tcp6", HEAD);
        SocketTable table = new SocketTable();
        assertThat(table.listenersQuickly(folder + "/net")).isEmpty();

        StringBuilder text = new StringBuilder(HEAD);
        for (int at = 1; at <= 300; at++) {
            text.append(line("00000000000000000000000000000000:%04X".formatted(at), "0A", 0, at));
        }
        tree.write("net/tcp6", text + line("00000000:0050", "06", 0, 0));

        assertThat(table.listenersQuickly(folder + "/net")).hasSize(300);
    }

    @Test
    void missingTablesHaveNoListeners() {
        assertThat(read()).isEmpty();
    }

    private List<Listener> read() {
        return new SocketTable().listeners(folder + "/net", 0);
    }

    static String line(String local, String state, long uid, long inode) {
        return "   1: " + local + " 00000000:0000 " + state + " 00000000:00000000 00:00000000 00000000 "
                + "%5d".formatted(uid) + "        0 " + inode + " 1 ffff888 100 0 0 10 0\n";
    }
}
