// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

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
