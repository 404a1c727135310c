// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessStatTest {
    @Test
    void fieldsAreTakenByTheirPlace() {
        // Recorded from a real kernel 6.18: utime 12, stime 34, start 5678, rss 910.
        ProcessStat stat =
                read("42 (python3) R 7 42 42 0 -1 4194304 111 222 3 4 12 34 56 78 20 0 9 0 5678 123456789 910"
                        + " 18446744073709551615 1 2 3 0 0 0 0 16781312 0 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0");

        assertThat(stat).isEqualTo(new ProcessStat("python3", 'R', 7, 46, 5678, 910));
    }

    @ParameterizedTest
    @ValueSource(strings = {"we) ird (x", ") S 1 (", "a b c", "", "(((", ")))", "R 99 99"})
    void nameEndsAtTheLastParenthesis(String comm) {
        ProcessStat stat = read(ProcTree.stat(42, comm, 7, 5678));

        assertThat(stat).isEqualTo(new ProcessStat(comm, 'S', 7, 200, 5678, 25));
    }

    @Test
    void nameKeepsItsBytesBeyondAscii() {
        assertThat(read(ProcTree.stat(42, "größe", 7, 1)).comm()).isEqualTo("größe");
    }

    @Test
    void knownNameIsTakenOnlyWhereItIsTheSame() {
        byte[] bytes = ProcTree.stat(42, "new", 7, 1).getBytes(StandardCharsets.UTF_8);

        assertThat(ProcessStat.read(bytes, bytes.length, "old").comm()).isEqualTo("new");
        String known = new String("new");
        assertThat(ProcessStat.read(bytes, bytes.length, known).comm()).isSameAs(known);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "42",
                "42 (x",
                "42 )x(",
                "42 (x)",
                "42 (x) S",
                "42 (x) S a b c",
                "42 (x) S 1 1 1 0 -1 1 1 1 1 1 1 1",
                "42 (x) S 1 1 1 0 -1 1 1 1 1 1 99999999999999999999 1 1 1 1 1 1 1 1 1 1"
            })
    void brokenLineIsNoProcess(String line) {
        assertThat(read(line)).isNull();
    }

    private static ProcessStat read(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return ProcessStat.read(bytes, bytes.length, "");
    }
}
