// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmtop.model.Verdict;
import dev.llmtop.spi.Endpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterviewsTest {
    private static final Outcome NOBODY =
            new Outcome(Verdict.SILENT, Endpoint.tcp("127.0.0.1", 1), Optional.empty(), false, "nobody");

    private final CountDownLatch release = new CountDownLatch(1);
    private final List<String> begun = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void end() {
        release.countDown();
    }

    private Outcome waiting(String name) {
        begun.add(name);
        try {
            assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return NOBODY;
    }

    @Test
    void hintedPlacesAreAskedBeforeStrangersThatWaitLonger() {
        try (Interviews interviews = new Interviews(1)) {
            interviews.begin("first", false, 1, () -> waiting("first"));
            await().until(() -> begun.size() == 1);
            interviews.begin("stranger", false, 1, () -> waiting("stranger"));
            interviews.begin("other stranger", false, 1, () -> waiting("other stranger"));
            interviews.begin("hinted", true, 1, () -> waiting("hinted"));
            release.countDown();
            await().until(() -> begun.size() == 4);
            assertThat(begun).containsExactly("first", "hinted", "stranger", "other stranger");
        }
    }

    @Test
    void noMoreAreUnderWayAtOnceThanAllowed() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Interviews interviews = new Interviews(3)) {
            for (int count = 0; count < 9; count++) {
                String name = "place " + count;
                interviews.begin(name, false, 1, () -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    Outcome outcome = waiting(name);
                    now.decrementAndGet();
                    return outcome;
                });
            }
            await().until(() -> now.get() == 3);
            release.countDown();
            await().until(() -> begun.size() == 9 && now.get() == 0);
            assertThat(most).hasValue(3);
        }
    }
}
