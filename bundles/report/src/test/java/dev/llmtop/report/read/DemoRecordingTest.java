// SPDX-License-Identifier: MIT
package dev.llmtop.report.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Metric;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.State;
import dev.llmtop.report.SnapshotJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The recording that ships. */
class DemoRecordingTest {
    private static final Path DEMO = Path.of("../../launcher/src/main/dist/demo/demo.jsonl.gz");

    private final SnapshotJson format = new SnapshotJson();
    private final SnapshotJsonReader reader = new SnapshotJsonReader();

    @Test
    void everyLineIsReadAndWrittenAsItWasRead() throws IOException {
        List<String> lines = lines();
        assertThat(lines).hasSizeGreaterThan(60);
        for (String line : lines) {
            Snapshot snapshot = read(line);
            String written = format.json(snapshot, false);
            assertThat(format.json(read(written), false)).isEqualTo(written);
        }
    }

    @Test
    void itShowsEnginesAtWork() throws IOException {
        List<Snapshot> snapshots = lines().stream().map(this::read).toList();
        assertThat(snapshots)
                .anySatisfy(snapshot -> assertThat(snapshot.engines().stream()
                                .filter(engine -> engine.identity().state() == State.READY))
                        .hasSizeGreaterThan(2));
        assertThat(snapshots.stream()
                        .filter(snapshot -> snapshot.totals()
                                        .figures()
                                        .number(Metric.GENERATION_TOKENS_PER_SECOND)
                                        .orElse(0.0)
                                > 0))
                .hasSizeGreaterThan(30);
    }

    @Test
    void itIsSmallAndNamesNobody() throws IOException {
        assertThat(Files.size(DEMO)).isLessThan(300_000);
        for (String line : lines()) {
            Snapshot snapshot = read(line);
            assertThat(snapshot.machine().host().name()).isEqualTo("box");
            assertThat(snapshot.engines())
                    .allSatisfy(engine -> engine.placement()
                            .process()
                            .ifPresent(process ->
                                    assertThat(process.owner().user()).isEqualTo("user")));
            assertThat(line).doesNotContain("/root", "/home/", "zoo");
        }
    }

    private Snapshot read(String line) {
        return reader.read(line.getBytes(StandardCharsets.UTF_8)).known().orElseThrow();
    }

    private static List<String> lines() throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(DEMO)), StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }
}
