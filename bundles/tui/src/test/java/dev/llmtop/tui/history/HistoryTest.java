// SPDX-License-Identifier: MIT
package dev.llmtop.tui.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.Snapshot;
import dev.llmtop.model.Snapshot.Event;
import dev.llmtop.tui.state.RowId;
import dev.llmtop.tui.state.Scene.Ghost;
import dev.llmtop.tui.state.Trends.Trend;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class HistoryTest {
    private static final EngineSnapshot A = Past.engine("a", 10, 0);
    private static final EngineSnapshot B = Past.engine("b", 20, 0);

    private final History history = new History();

    @Test
    void stepsBackAndOnAndStopsAtTheEnds() {
        for (int second = 0; second < 5; second++) {
            history.add(Past.at(second, A));
        }
        Snapshot last = history.last().orElseThrow();
        assertThat(history.step(last.time(), -1)).contains(Past.at(3, A));
        assertThat(history.step(last.time(), -99)).contains(Past.at(0, A));
        assertThat(history.step(Past.at(1).time(), 1)).contains(Past.at(2, A));
        assertThat(history.step(last.time(), 1)).contains(last);
        assertThat(history.at(Past.at(2.9).time())).contains(Past.at(2, A));
        assertThat(history.at(Past.at(-9).time())).contains(Past.at(0, A));
        assertThat(new History().step(last.time(), -1)).isEmpty();
    }

    @Test
    void anEngineThatLeftIsAGhostFor5MinutesOrUntilItIsBack() {
        history.add(Past.at(0, A, B));
        history.add(Past.at(1, A));
        assertThat(history.ghosts(Past.at(13, A))).containsExactly(new Ghost(B, Duration.ofSeconds(12)));
        assertThat(history.ghosts(Past.at(300, A))).hasSize(1);
        assertThat(history.ghosts(Past.at(301, A))).isEmpty();
        assertThat(history.ghosts(Past.at(13, A, B))).isEmpty();
        // In the past before it left there is no ghost of it.
        assertThat(history.ghosts(Past.at(0, A, B))).isEmpty();
        history.add(Past.at(20, A, B));
        history.add(Past.at(30, A));
        assertThat(history.ghosts(Past.at(31, A))).containsExactly(new Ghost(B, Duration.ofSeconds(1)));
    }

    @Test
    void eventsUpToAMoment() {
        history.add(Past.withEvent(Past.at(0), "first"));
        history.add(Past.withEvent(Past.at(5), "second"));
        assertThat(history.events(Past.at(4).time())).extracting(Event::detail).containsExactly("first");
        assertThat(history.events(Past.at(5).time())).hasSize(2);
        for (int second = 6; second < 3_000; second++) {
            history.add(Past.withEvent(Past.at(second), "more"));
        }
        assertThat(history.events(Past.at(9_999).time())).hasSize(2_000);
    }

    @Test
    void aRecordingThatIsWoundBackForgetsWhatComesAfter() {
        for (int second = 0; second < 10; second++) {
            history.add(Past.withEvent(Past.at(second, A), "at " + second));
        }
        history.add(Past.withEvent(Past.at(3, B), "again"));
        assertThat(history.step(Past.at(3).time(), 9)).contains(history.last().orElseThrow());
        assertThat(history.step(Past.at(3).time(), -1).orElseThrow().time())
                .isEqualTo(Past.at(2).time());
        assertThat(history.events(Past.at(99).time()))
                .extracting(Event::detail)
                .containsExactly("at 0", "at 1", "at 2", "again");
        assertThat(history.ghosts(Past.at(4, B))).isEmpty();
    }

    @Test
    void seriesEndAtTheShownMoment() {
        for (int second = 0; second < 10; second++) {
            history.add(Past.at(second, Past.engine("a", second + 1, 0)));
        }
        double[] series =
                history.trends(Past.at(5).time()).series(RowId.of("a"), Trend.DECODE, Duration.ofSeconds(3), 3);
        assertThat(series).containsExactly(4, 5, 6);
        assertThat(history.trends(Past.at(5).time()).series(RowId.of("x"), Trend.KV, Duration.ofSeconds(3), 2))
                .containsExactly(Double.NaN, Double.NaN);
    }
}
