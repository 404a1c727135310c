// SPDX-License-Identifier: MIT
package dev.llmtop.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private final List<Integer> exits = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final Writes out = new Writes();

    @Test
    void twoCompleteSnapshotsMakeOneReport() {
        Delivery delivery = delivery(Mode.ONCE, 2, out);
        delivery.accept(Samples.empty(true));
        delivery.accept(Samples.empty(false));
        assertThat(out.writes).isEmpty();
        delivery.accept(Samples.mockup());
        assertThat(out.writes).hasSize(1);
        assertThat(out.text()).startsWith("llmtop 0.1.0  box").endsWith("longer than this looked\n");
        assertThat(exits).containsExactly(0);
    }

    @Test
    void nothingIsPrintedAfterTheEnd() {
        Delivery delivery = delivery(Mode.JSON, 1, out);
        delivery.accept(Samples.mockup());
        delivery.accept(Samples.mockup());
        delivery.fail("too late");
        assertThat(out.writes).hasSize(1);
        assertThat(exits).containsExactly(0);
        assertThat(complaints).isEmpty();
    }

    @Test
    void jsonIsIndentedAndKeepsTheContract() {
        delivery(Mode.JSON, 1, out).accept(Samples.mockup());
        assertThat(out.text()).startsWith("{\n  \"schema\"").endsWith("}\n");
        assertThat(new ContractSchema().violations(out.text())).isEmpty();
    }

    @Test
    void aWatchPrintsEveryTickOnOneLineInOneWrite() {
        Delivery delivery = delivery(Mode.WATCH, 2, out);
        delivery.accept(Samples.empty(true));
        delivery.accept(Samples.mockup());
        assertThat(out.writes)
                .hasSize(2)
                .allMatch(line -> line.startsWith("{") && line.indexOf('\n') == line.length() - 1);
        assertThat(exits).isEmpty();
    }

    @Test
    void aClosedPipeEndsCleanly() {
        delivery(Mode.WATCH, 2, failing("Broken pipe")).accept(Samples.mockup());
        assertThat(exits).containsExactly(0);
        assertThat(complaints).isEmpty();
    }

    @Test
    void aFullDiskIsAComplaintAndExitOne() {
        delivery(Mode.JSON, 1, failing("No space left on device")).accept(Samples.mockup());
        assertThat(exits).containsExactly(1);
        assertThat(complaints).containsExactly("llmtop: cannot write the snapshot: No space left on device");
    }

    @Test
    void aBugIsOneLineAndExitOne() {
        Delivery.Plan plan = new Delivery.Plan(Mode.JSON, 1, new Page(80, true));
        Delivery delivery = new Delivery(
                plan,
                (snapshot, indented) -> {
                    throw new IllegalStateException("two\nlines");
                },
                out,
                complaints::add,
                exits::add);
        delivery.accept(Samples.mockup());
        assertThat(complaints).hasSize(1).allMatch(line -> line.startsWith("llmtop: ") && !line.contains("\n"));
        assertThat(exits).containsExactly(1);
    }

    @Test
    void aRecordedSnapshotIsPrintedAlsoOneOfAScan() {
        delivery(Mode.JSON, 0, out).accept(Samples.empty(true));
        assertThat(exits).containsExactly(0);
        assertThat(out.text()).contains("\"scanning\" : true");
    }

    @Test
    void aCountdownLosesItsPatience() {
        Countdown countdown = new Countdown(2, 1_000);
        Snapshot scanning = Samples.empty(true);
        assertThat(countdown.ready(scanning, 2_000)).isFalse();
        assertThat(countdown.ready(scanning, 1_000 + Countdown.PATIENCE_NANOS)).isFalse();
        assertThat(countdown.ready(scanning, 2_000 + Countdown.PATIENCE_NANOS)).isTrue();
    }

    @Test
    void aCountdownCountsCompleteSnapshotsOnly() {
        Countdown countdown = new Countdown(2, 0);
        assertThat(countdown.ready(Samples.empty(false), 1)).isFalse();
        assertThat(countdown.ready(Samples.empty(true), 2)).isFalse();
        assertThat(countdown.ready(Samples.empty(false), 3)).isTrue();
        assertThat(new Countdown(1, 0).ready(Samples.empty(false), 1)).isTrue();
    }

    private Delivery delivery(Mode mode, int samples, OutputStream stream) {
        Delivery.Plan plan = new Delivery.Plan(mode, samples, new Page(80, true));
        return new Delivery(plan, new Formats(), stream, complaints::add, exits::add);
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(message);
            }
        };
    }

    private static final class Writes extends ByteArrayOutputStream {
        private final List<String> writes = new ArrayList<>();

        @Override
        public void write(byte[] bytes, int offset, int length) {
            writes.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
            super.write(bytes, offset, length);
        }

        String text() {
            return toString(StandardCharsets.UTF_8);
        }
    }
}
