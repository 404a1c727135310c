// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.drm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmtop.gpu.drm.DrmClient.Cycles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineTimeTest {
    private static final String CARD = "0000:03:00.0";
    private static final long SECOND = 1_000_000_000L;

    private final EngineTime time = new EngineTime();

    @Test
    void busyNanosecondsOverThoseThatPassed() {
        time.see(seen(nanos("1", 5 * SECOND)), 0);
        assertThat(time.ofCard(CARD)).isEmpty();
        time.see(seen(nanos("1", 5 * SECOND + SECOND / 4)), SECOND);
        assertThat(time.ofCard(CARD).orElseThrow()).isCloseTo(0.25, within(1e-9));
        assertThat(time.ofProcess(CARD, 10).orElseThrow()).isCloseTo(0.25, within(1e-9));
        assertThat(time.ofProcess(CARD, 11)).isEmpty();
        assertThat(time.ofCard("0000:04:00.0")).isEmpty();
    }

    @Test
    void cyclesNeedNoClockAndAreSharedAmongSeveralEngines() {
        time.see(seen(cycles(100, 1_000)), 0);
        time.see(seen(cycles(900, 2_000)), 17);
        assertThat(time.ofCard(CARD).orElseThrow()).isCloseTo(0.8 / 4, within(1e-9));
    }

    @Test
    void aCounterThatFallsIsNoStepBack() {
        time.see(seen(nanos("1", 5 * SECOND)), 0);
        time.see(seen(nanos("1", 4 * SECOND)), SECOND);
        assertThat(time.ofCard(CARD)).hasValue(0);
        time.see(seen(nanos("1", 5 * SECOND + SECOND / 2)), 2 * SECOND);
        assertThat(time.ofCard(CARD).orElseThrow()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void clientsOfOneEngineAddUpAndNeverBeyondTheWhole() {
        time.see(seen(nanos("1", 0), nanos("2", 0)), 0);
        time.see(seen(nanos("1", SECOND * 7 / 10), nanos("2", SECOND * 7 / 10)), SECOND);
        assertThat(time.ofCard(CARD)).hasValue(1);
    }

    @Test
    void aClientThatHasJustComeCountsNothing() {
        time.see(seen(nanos("1", 0)), 0);
        time.see(seen(nanos("1", SECOND / 10), nanos("9", 50 * SECOND)), SECOND);
        assertThat(time.ofCard(CARD).orElseThrow()).isCloseTo(0.1, within(1e-9));
    }

    private static DrmClients.Seen seen(DrmClient... clients) {
        return new DrmClients.Seen(Map.of(10L, List.of(clients)), true);
    }

    private static DrmClient nanos(String id, long busy) {
        return new DrmClient("i915", CARD, id, Map.of(), Map.of("render", busy, "copy", 0L), Map.of(), Map.of());
    }

    private static DrmClient cycles(long busy, long total) {
        return new DrmClient(
                "xe", CARD, "1", Map.of(), Map.of(), Map.of("ccs", new Cycles(busy, total)), Map.of("ccs", 4L));
    }
}
