// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.llmtop.agent.ProcessTable.Listener;
import dev.llmtop.agent.ProcessTable.NetworkNamespace;
import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.Use;
import dev.llmtop.model.Snapshot.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxNetworksTest {
    @TempDir
    Path root;

    private ProcTree tree;

    @BeforeEach
    void record() {
        assumeTrue(SystemNames.isLinux(), "inode numbers of files are read: Linux only");
        tree = new ProcTree(root);
        tree.write("self/net/tcp", "").write("self/net/fib_trie", """
                Main:
                  +-- 0.0.0.0/0 3 0 5
                     |-- 192.0.2.9
                        /32 host LOCAL
                """);
    }

    @Test
    void aContainersAddressesAndListenersAreReadThroughOneOfItsProcesses() {
        tree.write("60/net/tcp", """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 00000000:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 77 1 0 100 0 0 10 0
                """).write("60/net/fib_trie", """
                Local:
                  +-- 0.0.0.0/0 3 0 5
                     |-- 127.0.0.1
                        /32 host LOCAL
                     |-- 172.17.0.2
                        /32 host LOCAL
                     |-- 172.17.255.255
                        /32 link BROADCAST
                """).write("60/net/if_inet6", """
                fd000000000000000000000000000002 02 40 00 80     eth0
                fe800000000000000042acfffe110002 02 40 20 80     eth0
                """);

        NetworkNamespace container =
                new LinuxNetworks(root).namespaceOf(process()).orElseThrow();

        assertThat(container.number()).isPositive();
        assertThat(container.addresses()).startsWith("172.17.0.2").hasSize(2);
        assertThat(container.listeners()).containsExactly(new Listener("0.0.0.0", 8000, 77, 0, container.number()));
        assertThat(new LinuxNetworks(root).ownAddresses()).containsExactly("192.0.2.9");
    }

    @Test
    void aProcessThatIsGoneIsInNoNamespace() {
        assertThat(new LinuxNetworks(root).namespaceOf(process())).isEmpty();
    }

    @Test
    void insideAPidNamespaceOfItsOwnOneLineSaysSoAndWhatHelps() throws Exception {
        Path namespaces = Files.createDirectories(root.resolve("self/ns"));
        Path link = namespaces.resolve("pid");
        tree.process(1, 0, 5, "init", "init");
        Files.createSymbolicLink(link, Path.of("pid:[4026531836]"));
        assertThat(problems()).noneMatch(problem -> problem.detail().contains("pid namespace"));
        assertThat(new LinuxTable(root).seesHostPids()).isTrue();

        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("pid:[4026532200]"));
        assertThat(new LinuxTable(root).seesHostPids()).isFalse();
        assertThat(problems())
                .filteredOn(problem -> problem.detail().contains("pid namespace"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).contains("--pid=host", "run llmtop on the host"));
    }

    private List<Problem> problems() {
        return new LinuxTable(root).scan().problems();
    }

    private static ProcessEntry process() {
        return new ProcessEntry(60, 1, 5, "toy", List.of("toy"), new Use(0, 0));
    }
}
