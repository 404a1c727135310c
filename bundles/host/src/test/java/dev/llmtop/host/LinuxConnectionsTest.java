// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.ProcessTable;
import dev.llmtop.agent.ProcessTable.Connection;
import dev.llmtop.agent.ProcessTable.Connections;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LinuxConnectionsTest {
    private static final String HEAD =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void aConnectionOfARealProcessIsSeenFromItsSideAlone() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            int port = server.getLocalPort();
            Process child = connect(port);
            try (Socket accepted = server.accept()) {
                assertThat(accepted.isConnected()).isTrue();
                for (ProcessTable table : new ProcessTable[] {new LinuxTable(Path.of("/proc")), new OshiTable()}) {
                    long self = ProcessHandle.current().pid();
                    assertThat(table.connections(Set.of(child.pid(), self), Set.of(port)))
                            .isEqualTo(new Connections(
                                    List.of(new Connection(child.pid(), "127.0.0.1", port, true)), Set.of()));
                    assertThat(table.connections(Set.of(self), Set.of(port)).made())
                            .isEmpty();
                    assertThat(table.connections(Set.of(child.pid()), Set.of(port - 1, 1))
                                    .made())
                            .isEmpty();
                }
            } finally {
                child.destroyForcibly();
                assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(new LinuxTable(Path.of("/proc")).connections(Set.of(child.pid()), Set.of(port)))
                    .isEqualTo(new Connections(List.of(), Set.of()));
        }
    }

    private static Process connect(int port) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java, "-XX:TieredStopAtLevel=1", "-Xmx16m", ConnectingChild.class.getName(), Integer.toString(port));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process child = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
        assertThat(output.readLine()).as("it is connected").matches("\\d+");
        return child;
    }

    @Test
    void onlyEstablishedConnectionsToTheirPortsAreTakenOfBothFamilies() {
        ProcTree tree = new ProcTree(folder)
                .process(7, 1, 5, "router", "router")
                .write(
                        "7/net/tcp",
                        HEAD
                                + line("0100007F:9C40", "0100007F:1F40", "01", 11)
                                + line("0100007F:9C41", "0100007F:1F40", "06", 0)
                                + line("0100007F:9C42", "0100007F:1F40", "08", 12)
                                + line("0100007F:1F40", "0100007F:9C40", "01", 13)
                                + line("0100007F:9C43", "020011AC:1F41", "01", 14)
                                + line("0100007F:9C44", "020011AC:1F42", "01", 15)
                                + "  9: broken 0100007F:1F40 01\n: 0100007F:1F40\n\n")
                .write(
                        "7/net/tcp6",
                        HEAD
                                + line(
                                        "00000000000000000000000001000000:9C45",
                                        "00000000000000000000000001000000:1F40",
                                        "01",
                                        16));
        for (int inode = 11; inode <= 16; inode++) {
            tree.socket(7, inode, inode);
        }
        assertThat(read(Set.of(7L)).made())
                .containsExactlyInAnyOrder(
                        new Connection(7, "127.0.0.1", 8000, false),
                        new Connection(7, "172.17.0.2", 8001, false),
                        new Connection(7, "::1", 8000, false));
        assertThat(read(Set.of(7L)).unreadable()).isEmpty();
    }

    @Test
    void connectionsOfOthersInTheSameTableAreNotItsOwn() {
        new ProcTree(folder)
                .process(7, 1, 5, "router", "router")
                .write("7/net/tcp", HEAD + line("0100007F:9C40", "0100007F:1F40", "01", 11))
                .socket(7, 3, 99);
        assertThat(read(Set.of(7L)).made()).isEmpty();
    }

    @Test
    void aProcessWhoseFilesMayNotBeListedIsNamedAndOneThatIsGoneIsNot() {
        new ProcTree(folder)
                .process(7, 1, 5, "router", "router")
                .write("7/net/tcp", HEAD + line("0100007F:9C40", "0100007F:1F40", "01", 11));
        assertThat(read(Set.of(7L, 8L))).isEqualTo(new Connections(List.of(), Set.of(7L)));
    }

    private Connections read(Set<Long> pids) {
        return new LinuxConnections(folder, new OpenFiles(folder)).of(pids, Set.of(8000, 8001));
    }

    private static String line(String local, String remote, String state, long inode) {
        return "   1: " + local + " " + remote + " " + state + " 00000000:00000000 00:00000000 00000000     0"
                + "        0 " + inode + " 1 ffff888 100 0 0 10 0\n";
    }
}
