// SPDX-License-Identifier: MIT
package dev.llmtop.report.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Value;
import dev.llmtop.report.SnapshotJson;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SnapshotRoundTripTest {
    private final SnapshotJson format = new SnapshotJson();
    private final SnapshotJsonReader reader = new SnapshotJsonReader();

    @Property(tries = 300)
    void whatIsReadBackIsWrittenAsItWas(@ForAll long seed) {
        String written = format.json(new RandomSnapshot(seed).snapshot(), false);
        assertThat(format.json(read(written), false)).isEqualTo(written);
    }

    @Property(tries = 30)
    void indentedOrNotIsTheSameSnapshot(@ForAll long seed) {
        Snapshot snapshot = new RandomSnapshot(seed).snapshot();
        assertThat(read(format.json(snapshot, true))).isEqualTo(read(format.json(snapshot, false)));
    }

    @Property(tries = 100)
    void theTimeAloneIsTheTimeOfTheSnapshot(@ForAll long seed) {
        byte[] written = format.json(new RandomSnapshot(seed).snapshot(), false).getBytes(StandardCharsets.UTF_8);
        assertThat(reader.time(written)).isEqualTo(reader.read(written).map(Snapshot::time));
    }

    private Snapshot read(String json) {
        Value<Snapshot> read = reader.read(json.getBytes(StandardCharsets.UTF_8));
        assertThat(read.missing()).isEmpty();
        return read.known().orElseThrow();
    }
}
