// SPDX-License-Identifier: MIT
package dev.llmtop.report.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.SnapshotReader;
import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.report.SnapshotJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SnapshotJsonReaderTest {
    private static final String HEAD = "\"schema\":\"llmtop.snapshot/1\",\"time\":\"2026-11-24T09:30:00.123Z\"";

    private final SnapshotJsonReader reader = new SnapshotJsonReader();

    @Test
    void aFieldThatIsNotKnownIsPassedOver() {
        Snapshot snapshot = read("{" + HEAD + ",\"weather\":{\"deep\":[1,{\"er\":2}]},\"engines\":[{\"id\":\"a:1\","
                + "\"mood\":\"fine\",\"metrics\":{\"running\":3,\"joy\":7}}]}");
        assertThat(snapshot.engine("a:1").orElseThrow().measured().metrics().asMap())
                .isEqualTo(Map.of(Metric.RUNNING, Value.of(3L)));
    }

    @Test
    void aCodeOfALaterVersionCostsNothingElse() {
        Snapshot snapshot =
                read("{" + HEAD + ",\"engines\":[{\"id\":\"a:1\",\"state\":\"dreaming\",\"role\":\"oracle\","
                        + "\"unavailable\":{\"metrics.waiting\":{\"reason\":\"too-shy\",\"detail\":\"it blushes\"}}}],"
                        + "\"events\":[{\"time\":\"2026-11-24T09:30:00Z\",\"kind\":\"engine-sang\",\"detail\":\"\"},"
                        + "{\"time\":\"2026-11-24T09:30:00Z\",\"kind\":\"gpu-lost\",\"detail\":\"\"}],"
                        + "\"scan\":{\"candidates\":[{\"address\":\"b:2\",\"verdict\":\"odd\",\"why\":\"\"}]}}");
        EngineSnapshot engine = snapshot.engines().get(0);
        assertThat(engine.identity().state()).isEqualTo(State.IDENTIFYING);
        assertThat(engine.identity().role()).isEqualTo(Role.ENGINE);
        assertThat(engine.findings().unavailable().get("state").detail()).contains("dreaming");
        assertThat(engine.measured().metrics().missing(Metric.WAITING).orElseThrow())
                .isEqualTo(new Value.Unavailable<>(Reason.MALFORMED, "reason 'too-shy' is not known: it blushes"));
        assertThat(snapshot.findings().events()).hasSize(1);
        assertThat(snapshot.findings().scan().candidates()).isEmpty();
    }

    @Test
    void aValueOfAnotherTypeIsNamedWithItsPlace() {
        assertThat(complaint("{" + HEAD
                        + ",\"engines\":[{\"id\":\"a:1\"},{\"id\":\"b:2\",\"metrics\":{\"running\":\"3\"}}]}"))
                .isEqualTo("engines[1].metrics.running takes a whole number, not '3'");
        assertThat(complaint("{" + HEAD + ",\"engines\":{}}")).isEqualTo("engines takes an array, not an object");
        assertThat(complaint("{" + HEAD + ",\"gpus\":[7]}")).isEqualTo("gpus[0] takes an object, not 7");
        assertThat(complaint("{" + HEAD + ",\"host\":{\"loadAverage\":[1,true]}}"))
                .isEqualTo("host.loadAverage[1] takes a number, not true");
        assertThat(complaint("{" + HEAD + ",\"engines\":[{}]}")).isEqualTo("engines[0].id is missing");
    }

    @Test
    void whatIsNoSnapshotSaysSo() {
        assertThat(complaint("")).isEqualTo("it is no JSON object");
        assertThat(complaint("[]")).isEqualTo("it is no JSON object");
        assertThat(complaint("hello")).startsWith("it is no JSON at byte ");
        assertThat(complaint("{\"a\":1}")).isEqualTo("it is JSON, but no snapshot: it has no schema");
        assertThat(complaint("{\"schema\":\"llmtop.snapshot/1\"}")).isEqualTo("time is missing");
        assertThat(complaint("{" + HEAD + "} {}")).startsWith("something follows the snapshot at byte ");
        assertThat(reader.read(bytes("{\"schema\":\"llmtop.snapshot/2\",\"time\":1}")))
                .isEqualTo(Value.unavailable(
                        Reason.NOT_SUPPORTED,
                        "its schema is 'llmtop.snapshot/2'; this version reads llmtop.snapshot/1"));
    }

    @Test
    void numbersThatNoSnapshotHasAreRefused() {
        assertThat(complaint("{" + HEAD + ",\"agent\":{\"tickSeconds\":1e999}}"))
                .contains("too large");
        assertThat(complaint("{" + HEAD + ",\"agent\":{\"pid\":1.5}}")).contains("a whole number, not 1.5");
        assertThat(read("{" + HEAD + ",\"agent\":{\"pid\":4.711e3}}").agent().pid())
                .isEqualTo(4711);
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeItCosts() {
        assertThat(reason("{" + HEAD + ",\"x\":" + "[".repeat(10_000))).isEqualTo(Reason.TOO_LARGE);
        assertThat(reason("{" + HEAD + ",\"x\":[" + "0,".repeat(500_000) + "0]}"))
                .isEqualTo(Reason.TOO_LARGE);
        byte[] long16 = bytes("{" + HEAD + ",\"x\":\"");
        byte[] padded = Arrays.copyOf(long16, SnapshotReader.MOST_BYTES + 1);
        Arrays.fill(padded, long16.length, padded.length, (byte) ' ');
        assertThat(reader.read(padded).missing().orElseThrow().reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void textIsCleanedAgain() {
        Snapshot snapshot = read(
                "{" + HEAD + ",\"host\":{\"name\":\"a\\u001b[31mb\\u202ec\\n" + "x".repeat(2_000)
                        + "\"},\"engines\":[{\"id\":\"e\",\"extra\":{\"k\\u0007\":1},\"config\":{\"f\\u200bg\":\"\\u0000v\"}}]}");
        assertThat(snapshot.machine().host().name()).startsWith("a[31mbc x").hasSize(1_000);
        assertThat(snapshot.engines().get(0).measured().extra()).containsOnlyKeys("k");
        assertThat(snapshot.engines().get(0).serving().config()).containsEntry("fg", "v");
    }

    @Property(tries = 300)
    void aDocumentThatBreaksOffIsOneLineWhereverItDoes(@ForAll long seed, @ForAll @IntRange(max = 1_000) int where) {
        byte[] whole = bytes(new SnapshotJson().json(new RandomSnapshot(seed).snapshot(), false));
        Value<Snapshot> read = reader.read(Arrays.copyOf(whole, (int) ((long) (whole.length - 1) * where / 1_000)));
        assertThat(read.missing().orElseThrow().detail()).isNotEmpty().doesNotContain("\n");
    }

    @Property(tries = 300)
    void aDocumentWithASwappedByteIsReadOrRefused(@ForAll long seed, @ForAll int where, @ForAll byte put) {
        byte[] whole = bytes(new SnapshotJson().json(new RandomSnapshot(seed).snapshot(), false));
        whole[Math.floorMod(where, whole.length)] = put;
        Value<Snapshot> read = reader.read(whole);
        read.missing()
                .ifPresent(gap -> assertThat(gap.detail()).doesNotContain("\n").hasSizeLessThan(1_200));
    }

    private Snapshot read(String json) {
        Value<Snapshot> read = reader.read(bytes(json));
        assertThat(read.missing()).isEmpty();
        return read.known().orElseThrow();
    }

    private String complaint(String json) {
        return reader.read(bytes(json)).missing().orElseThrow().detail();
    }

    private Reason reason(String json) {
        return reader.read(bytes(json)).missing().orElseThrow().reason();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
