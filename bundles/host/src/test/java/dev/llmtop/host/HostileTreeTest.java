// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.ProcessTable.ProcessEntry;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** A whole {@code /proc} of noise is a table of processes all the same. */
class HostileTreeTest {
    private static final List<String> OF_PROCESS = List.of(
            "stat", "cmdline", "status", "cgroup", "mountinfo", "environ", "net/tcp", "net/fib_trie", "net/if_inet6");
    private static final List<String> OF_MACHINE = List.of(
            "stat",
            "uptime",
            "meminfo",
            "loadavg",
            "cpuinfo",
            "sys/kernel/hostname",
            "net/tcp6",
            "self/auxv",
            "self/net/tcp");
    private static final String WORDS = "0123456789abcdefABCDEF:/.-() \n\t\0|";

    @TempDir
    Path folder;

    @RepeatedTest(50)
    void noiseIsNoFailure(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        ProcTree tree = new ProcTree(folder).process(1, 0, 1, "init", "init").process(42, 1, 5, "x", "x");
        OF_MACHINE.forEach(file -> tree.write(file, noise(random)));
        OF_PROCESS.forEach(file -> tree.write("42/" + file, noise(random)));
        OF_PROCESS.subList(2, OF_PROCESS.size()).forEach(file -> tree.write("1/" + file, noise(random)));
        Files.createDirectories(folder.resolve("99999999999999999999"));
        tree.link(42, 3, "socket:[99999999999999999999]");

        LinuxTable table = new LinuxTable(folder);
        ProcessScan scan = table.scan();

        assertThat(scan.processes()).containsKey(1L);
        for (ProcessEntry process : scan.processes().values()) {
            assertThat(table.detail(process).user()).isNotEmpty();
            table.namespaceOf(process);
        }
        assertThat(table.owners(Set.of(1L, 2L))).isEmpty();
        LinuxHost host = new LinuxHost(folder);
        host.sample();
        assertThat(host.sample().figures().asMap()).containsOnlyKeys(LinuxHostTest.ALWAYS);
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(2_000)];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) WORDS.charAt(random.nextInt(WORDS.length()));
            }
        }
        return bytes;
    }
}
