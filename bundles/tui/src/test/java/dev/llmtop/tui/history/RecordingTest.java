// SPDX-License-Identifier: MIT
package dev.llmtop.tui.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.EngineSnapshot;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RecordingTest {
    @Test
    void tenMinutesOfOneEngineAreKeptWhole() {
        Recording recording = new Recording(Recording.MOST_BYTES);
        EngineSnapshot engine = Past.engine("a", 1, 0);
        for (int second = 0; second < 1_000; second++) {
            recording.add(Past.at(second, engine));
        }
        assertThat(recording.size()).isEqualTo(601);
        assertThat(recording.step(Past.at(0).time(), 0)).contains(Past.at(399, engine));
    }

    @Test
    void manyEnginesWithManySeriesStayWithinTheBoundAndTheNearPastStaysDense() {
        Recording recording = new Recording(Recording.MOST_BYTES);
        EngineSnapshot[] engines = IntStream.range(0, 30)
                .mapToObj(number -> Past.engine("e" + number, 1, 200))
                .toArray(EngineSnapshot[]::new);
        for (int second = 0; second < 700; second++) {
            recording.add(Past.at(second, engines));
            assertThat(recording.bytes()).isLessThanOrEqualTo(Recording.MOST_BYTES);
        }
        assertThat(recording.size()).isBetween(5, 100);
        // The last one is there, and the one before it is one second older.
        assertThat(recording.step(Past.at(699).time(), -1).orElseThrow().time())
                .isEqualTo(Past.at(698).time());
        // And there is a far past, sparse as it may be.
        assertThat(recording.step(Past.at(699).time(), -200).orElseThrow().time())
                .isBefore(Past.at(600).time());
    }

    @Test
    void oneThatIsTooHeavyByItselfIsKeptAllTheSame() {
        Recording recording = new Recording(10);
        recording.add(Past.at(0));
        recording.add(Past.at(1));
        recording.add(Past.at(2));
        assertThat(recording.at(Past.at(2).time())).contains(Past.at(2));
        assertThat(recording.size()).isLessThanOrEqualTo(2);
    }
}
