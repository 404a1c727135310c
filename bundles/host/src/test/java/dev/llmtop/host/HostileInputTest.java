// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** No content of a file of {@code /proc} breaks a reader: process names and titles are anyone's to choose. */
class HostileInputTest {
    @Property
    void anyBytesAreAStatLineOrNone(@ForAll byte[] bytes) {
        ProcessStat.read(bytes, bytes.length, "known");
    }

    @Property
    void anyNameLeavesTheOtherFieldsAlone(@ForAll String comm) {
        byte[] bytes = ProcTree.stat(42, comm, 7, 5678).getBytes(StandardCharsets.UTF_8);

        ProcessStat stat = ProcessStat.read(bytes, bytes.length, "");

        assertThat(stat.parent()).isEqualTo(7);
        assertThat(stat.startTicks()).isEqualTo(5678);
        assertThat(stat.cpuTicks()).isEqualTo(200);
    }

    @Property
    void anyBytesAreArguments(@ForAll byte[] bytes) {
        assertThat(ArgumentVector.read(bytes, bytes.length)).hasSizeLessThanOrEqualTo(bytes.length + 1);
    }

    @Property
    void damagedSocketLinesAreListenersOrNone(@ForAll("damagedLines") String line) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);

        var listener = SocketTable.listener(Bytes.of(bytes, bytes.length), 0);

        if (listener != null) {
            assertThat(listener.port()).isBetween(1, 65_535);
            assertThat(listener.host()).isNotEmpty();
        }
    }

    @Property
    void anyTextIsAControlGroupOrNone(@ForAll("paths") String path) {
        ControlGroup.read(path);
        ControlGroup.read("0::" + path);
        ControlGroup.ofPath(path);
    }

    @Property
    void anyTextIsAMountTable(@ForAll("paths") String path) {
        MountTable.read(path);
        MountTable.read("1 2 3:4 " + path + " /etc/hostname rw\n1 2 3:4 " + path + " /dev/termination-log rw");
    }

    @Property
    void anyBytesAreAddressesOrNone(@ForAll byte[] bytes) {
        LocalAddresses.ipv4(Bytes.of(bytes, bytes.length));
        LocalAddresses.ipv6(Bytes.of(bytes, bytes.length));
        new CpuLoad().next(Bytes.of(bytes, bytes.length));
    }

    @Property
    void argumentsComeBackAsTheyWere(@ForAll("arguments") List<String> arguments) {
        byte[] bytes = (String.join("\0", arguments) + "\0").getBytes(StandardCharsets.UTF_8);

        assertThat(ArgumentVector.read(bytes, bytes.length)).isEqualTo(arguments);
    }

    @Property
    void aListenerComesBackAsItWas(@ForAll int address, @ForAll @IntRange(min = 1, max = 65_535) int port) {
        String hex = "%08X".formatted(Integer.reverseBytes(address));
        String line = SocketTableTest.line("%s:%04X".formatted(hex, port), "0A", 1000, 14);

        var listener = SocketTable.listener(Bytes.of(line.getBytes(StandardCharsets.ISO_8859_1), line.length() - 1), 7);

        assertThat(listener).isNotNull();
        assertThat(listener.port()).isEqualTo(port);
        assertThat(listener.host()).isEqualTo(dotted(address));
        assertThat(listener.uid()).isEqualTo(1000);
        assertThat(listener.inode()).isEqualTo(14);
    }

    /** The kernel writes each local address twice, below its networks (net/ipv4/fib_trie.c). */
    @Property
    void localAddressesComeBackAsTheyWere(@ForAll @Size(max = 8) List<Integer> addresses) {
        StringBuilder trie =
                new StringBuilder("Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 0.0.0.0\n        /0 universe UNICAST\n");
        List<String> expected = new ArrayList<>();
        for (int address : addresses) {
            String text = dotted(address);
            for (int twice = 0; twice < 2; twice++) {
                trie.append("        |-- ").append(text).append("\n           /32 host LOCAL\n");
                trie.append("        |-- ").append(text).append("\n           /24 link UNICAST\n");
            }
            if (!text.startsWith("127.") && !expected.contains(text)) {
                expected.add(text);
            }
        }
        byte[] bytes = trie.toString().getBytes(StandardCharsets.US_ASCII);

        assertThat(LocalAddresses.ipv4(Bytes.of(bytes, bytes.length))).isEqualTo(expected);
    }

    @Property
    void aContainersIdIsFoundBelowAnyParentAndAboveAnyChild(
            @ForAll("ids") String id, @ForAll("segments") List<String> above, @ForAll("segments") List<String> below) {
        String parents = String.join("/", above);
        String children = below.isEmpty() ? "" : "/" + String.join("/", below);

        assertThat(ControlGroup.read("0::/" + parents + "/docker-" + id + ".scope" + children))
                .contains(new ControlGroup(id, "docker"));
        assertThat(ControlGroup.read("3:cpu,cpuacct:/\n1:name=systemd:/" + parents + "/libpod-" + id + children))
                .contains(new ControlGroup(id, "podman"));
        assertThat(MountTable.read("1 2 3:4 /" + parents + "/containers/" + id + "/hostname /etc/hostname rw")
                        .container())
                .contains(new ControlGroup(id, "docker"));
    }

    @Property(tries = 300)
    void anyStatusFileHasAUserOrNone(@ForAll("statuses") String status) throws IOException {
        Path folder = Files.createTempDirectory("llmtop-status");
        try {
            ProcTree tree = new ProcTree(folder).process(42, 1, 5, "x", "x").write("42/status", status);
            LinuxTable table = new LinuxTable(folder);

            var entry = table.scan().processes().get(42L);
            assertThat(table.uidOf(entry))
                    .satisfies(uid -> assertThat(uid.orElse(0)).isNotNegative());
            assertThat(table.detail(entry).user()).isNotEmpty();
            tree.end(42);
        } finally {
            try (var all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Provide
    Arbitrary<List<String>> arguments() {
        return Arbitraries.strings()
                .excludeChars('\0')
                .withCharRange(' ', '\ud7ff')
                .ofMinLength(1)
                .ofMaxLength(40)
                .list()
                .ofMinSize(2)
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.strings().withChars("0123456789abcdef").ofLength(64);
    }

    @Provide
    Arbitrary<List<String>> segments() {
        return Arbitraries.of("..", "system.slice", "user-1000.slice", "init.scope", "kubepods", "x", "app-a.service")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> statuses() {
        return Arbitraries.of(
                        "Uid:", "\t", " ", "\n", "1000", "-1", "99999999999999999999", "NSpid:", "Name:", "x", "\0")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    private static String dotted(int address) {
        return (address >>> 24) + "." + (address >> 16 & 0xff) + "." + (address >> 8 & 0xff) + "." + (address & 0xff);
    }

    @Provide
    Arbitrary<String> damagedLines() {
        String line = SocketTableTest.line("00000000000000000000000001000000:2392", "0A", 1000, 14);
        Arbitrary<Integer> place = Arbitraries.integers().between(0, line.length() - 1);
        Arbitrary<String> noise = Arbitraries.strings().ofMaxLength(4);
        return net.jqwik.api.Combinators.combine(place, place, noise)
                .as((from, to, text) ->
                        line.substring(0, Math.min(from, to)) + text + line.substring(Math.max(from, to)));
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(
                        "/",
                        ":",
                        "\n",
                        "docker",
                        "libpod-",
                        "lxc",
                        "machine-",
                        ".scope",
                        "0123456789abcdef".repeat(4),
                        " (deleted)",
                        "..",
                        "containers",
                        "pods",
                        "",
                        " ",
                        "systemd-nspawn@",
                        ".service",
                        "lxc.payload.")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
