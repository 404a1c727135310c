// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Counter;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Streamed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A page of two engines that breaks off anywhere: a sum is of both engines or it is not there. */
class VllmCutPageTest {
    private static final VllmFlags FLAGS =
            VllmFlags.of(Vllm.hinted(Endpoint.tcp("127.0.0.1", 8000), "vllm", "serve", "m", "--max-num-seqs", "8"));

    @Test
    void aSumIsWholeOrMissingWhereverThePageBreaksOff() throws IOException {
        byte[] page = Files.readAllBytes(Path.of("src/test/resources/cases/0.32.0-dp2/metrics.2.txt"));
        int whole = 0;
        // A step that meets every place within a line sooner or later.
        for (int cut = 0; cut < page.length; cut += 97) {
            Reading reading = read(page, cut);
            reading.figures()
                    .number(Metric.RUNNING)
                    .ifPresent(running -> assertThat(running).isEqualTo(8.0));
            double tokens = reading.counts().entrySet().stream()
                    .filter(entry -> entry.getKey().counter() == Counter.GENERATION_TOKENS)
                    .mapToDouble(entry -> entry.getValue())
                    .sum();
            assertThat(tokens).isIn(0.0, 10_490.0);
            assertThat(reading.histograms().keySet().stream()
                            .filter(key -> key.metric() == Metric.TIME_TO_FIRST_TOKEN)
                            .count())
                    .isIn(0L, 2L);
            assertThat(Vllm.silentGaps(reading)).containsOnly(Metric.SLOTS);
            whole += tokens > 0 ? 1 : 0;
        }
        assertThat(whole).isPositive();
    }

    private static Reading read(byte[] page, int cut) throws IOException {
        SeriesPage read = VllmMetrics.of(FLAGS).reader().read(new ByteArrayInputStream(page, 0, cut));
        return VllmMetrics.of(FLAGS)
                .reading("/metrics", new Streamed<>(200, Value.of(read), true, Stamp.now()))
                .build();
    }
}
