// SPDX-License-Identifier: MIT
package dev.llmtop.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Playback.Position;
import dev.llmtop.agent.Playback.State;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelTest {
    @ParameterizedTest
    @CsvSource({
        "PLAYING,1,72,181,REPLAY 1:12/3:01",
        "PLAYING,4,72,181,REPLAY x4 1:12/3:01",
        "PLAYING,0.25,0,3723,REPLAY x0.25 0:00/1:02:03",
        "PAUSED,16,72,181,REPLAY paused 1:12/3:01",
        "WAITING,1,5,5,REPLAY waits 0:05",
        "ENDED,1,181,181,REPLAY end 3:01"
    })
    void theFirstRowSaysWhereItStands(State state, double speed, long at, long length, String label) {
        Position position =
                new Position("r", 1, 2, Duration.ofSeconds(at), Duration.ofSeconds(length), speed, state, "");
        assertThat(position.label()).isEqualTo(label);
    }
}
