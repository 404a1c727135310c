// SPDX-License-Identifier: MIT
package dev.llmtop.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Playback;
import dev.llmtop.agent.Playback.State;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlayerTest {
    private static final long LIMIT_SECONDS = 30;

    /** In milliseconds from the start; -1 for the end of the player. */
    private final BlockingQueue<Long> played = new LinkedBlockingQueue<>();

    private final List<Runnable> ends = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        ends.forEach(Runnable::run);
    }

    @Test
    void itPlaysToTheEndAndHoldsTheLast() throws Exception {
        Player player = player(5, 10, false, true);
        assertThat(next(5)).containsExactly(0L, 10L, 20L, 30L, 40L);
        Awaitility.await().until(() -> player.position().state() == State.ENDED);
        assertThat(player.position().snapshot()).isEqualTo(5);
        assertThat(player.position().at()).hasMillis(40);
        assertThat(player.position().label()).isEqualTo("REPLAY end 0:00");
        assertThat(played).isEmpty();
    }

    @Test
    void fromTheEndItGoesOnAtTheStart() throws Exception {
        Player player = player(3, 1, false, true);
        next(3);
        Awaitility.await().until(() -> player.position().state() == State.ENDED);
        player.pause(false);
        assertThat(next(3)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aStepPausesAndGoesOneWayOrTheOther() throws Exception {
        Player player = player(100, 1_000, false, true);
        next(1);
        awaitWhole(player, 100);
        player.step(1);
        player.step(1);
        assertThat(untilLast(2_000)).endsWith(2_000L);
        player.step(-1);
        assertThat(next(2)).containsExactly(0L, 1_000L);
        player.step(-5);
        assertThat(next(1)).containsExactly(0L);
        assertThat(player.position().state()).isEqualTo(State.PAUSED);
        assertThat(player.position().label()).isEqualTo("REPLAY paused 0:00/1:39");
    }

    @Test
    void aJumpBringsWhatWasBeforeIt() throws Exception {
        Player player = player(1_000, 1_000, false, true);
        next(1);
        player.pause(true);
        awaitWhole(player, 1_000);
        player.seek(Duration.ofSeconds(900));
        List<Long> jumped = untilLast(900_000);
        assertThat(jumped.get(0)).isEqualTo(780_000L);
        assertThat(jumped).hasSize(121).isSorted();
        player.seek(Duration.ofSeconds(850));
        assertThat(untilLast(850_000)).hasSize(121);
        player.seek(Duration.ofSeconds(500));
        assertThat(untilLast(500_000).get(0)).isEqualTo(380_000L);
        // On by less than the lead: none is left out.
        player.seek(Duration.ofSeconds(510));
        assertThat(next(10))
                .containsExactly(
                        501_000L, 502_000L, 503_000L, 504_000L, 505_000L, 506_000L, 507_000L, 508_000L, 509_000L,
                        510_000L);
    }

    @Test
    void aPlaceInWordsIsFollowedOrRefused() throws Exception {
        Player player = player(1_001, 1_000, false, true);
        next(1);
        player.pause(true);
        awaitWhole(player, 1_001);
        assertThat(player.seek("50%")).isEmpty();
        assertThat(untilLast(500_000)).isNotEmpty();
        assertThat(player.seek("-10s")).isEmpty();
        assertThat(untilLast(490_000)).hasSize(121);
        assertThat(player.seek("nowhere").orElseThrow()).contains("'nowhere' is no place");
        assertThat(played).isEmpty();
    }

    @Test
    void speedIsHeldInItsRangeAndShortensTheWait() throws Exception {
        // An hour between two: only a fast player with its cap reaches the second within the limit.
        Player player = player(2, 3_600_000, false, true);
        next(1);
        player.speed(1_000);
        assertThat(player.position().speed()).isEqualTo(Playback.MOST_SPEED);
        player.speed(0);
        assertThat(player.position().speed()).isEqualTo(Playback.LEAST_SPEED);
        player.speed(Double.NaN);
        assertThat(player.position().speed()).isEqualTo(Playback.LEAST_SPEED);
        assertThat(next(1)).containsExactly(3_600_000L);
    }

    @Test
    void aLoopBeginsAgain() throws Exception {
        player(3, 1, true, true);
        assertThat(next(7)).containsExactly(0L, 1L, 2L, 0L, 1L, 2L, 0L);
    }

    @Test
    void withoutAPaceAllComeAtOnceAndThenItEnds() throws Exception {
        player(500, 60_000, false, false);
        assertThat(next(501)).isSorted().last().isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aSnapshotThatCannotBeReadIsPassedOver() throws Exception {
        start(
                Recording.of(
                        Files.writeString(folder.resolve("r"), "{\"at\":0}\n{\"at\":1,\"bad\":1}\n{\"at\":2}\n"),
                        new PlainReader()),
                false,
                true);
        assertThat(next(2)).containsExactly(0L, 2L);
    }

    @Test
    void aPipeIsPlayedAsItComes() throws Exception {
        try (PipedOutputStream out = new PipedOutputStream()) {
            Player player = start(Recording.of(new PipedInputStream(out), new PlainReader()), false, true);
            for (long at = 0; at < 3; at++) {
                out.write((PlainReader.document(at) + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
                assertThat(next(1)).containsExactly(at);
            }
            Awaitility.await().until(() -> player.position().state() == State.WAITING);
            assertThat(player.position().label()).isEqualTo("REPLAY waits 0:00");
            out.close();
            Awaitility.await().until(() -> player.position().state() == State.ENDED);
        }
    }

    private Player player(int count, long stepMillis, boolean loop, boolean paced) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < count; at++) {
            text.append(PlainReader.document(at * stepMillis)).append('\n');
        }
        return start(
                Recording.of(Files.writeString(folder.resolve("recording"), text), new PlainReader()), loop, paced);
    }

    private Player start(Recording recording, boolean loop, boolean paced) {
        Player player = new Player(
                recording,
                new Player.Settings("recording", loop, paced),
                snapshot -> played.add(PlainReader.millis(snapshot)));
        Thread reading = new Thread(() -> {
            try {
                recording.index();
                player.more();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Thread playing = new Thread(() -> {
            try {
                player.run();
                played.add(Long.MAX_VALUE);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        reading.setDaemon(true);
        playing.setDaemon(true);
        reading.start();
        playing.start();
        ends.add(player::stop);
        return player;
    }

    /** A jump goes no further than what has been read. */
    private static void awaitWhole(Player player, int snapshots) {
        Awaitility.await().until(() -> player.position().snapshots() == snapshots);
    }

    private List<Long> next(int count) throws InterruptedException {
        List<Long> next = new ArrayList<>();
        for (int left = count; left > 0; left--) {
            Long one = played.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(one).as("after " + next).isNotNull();
            next.add(one);
        }
        return next;
    }

    private List<Long> untilLast(long last) throws InterruptedException {
        List<Long> next = new ArrayList<>();
        while (next.isEmpty() || next.get(next.size() - 1) != last) {
            next.addAll(next(1));
        }
        return next;
    }
}
