// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.BodyReader;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Streamed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds answers for as long as each request allows, as the agent's probe does, but by a clock that only the test moves: for counting
 * what an adapter sends in the course of many ticks. Used by one thread.
 */
public final class ClockedProbe implements Probe {
    /** Answers other than 200 are held no longer, whatever the request allows. */
    private static final Duration MOST_FOR_ERRORS = Duration.ofSeconds(30);

    private final Probe asking;
    private final String place;
    private final Clock clock;

    private ClockedProbe(Probe asking, String place, Clock clock) {
        this.asking = asking;
        this.place = place;
        this.clock = clock;
    }

    private static final class Clock {
        private final Map<String, Held> held = new HashMap<>();
        private Duration now = Duration.ZERO;
    }

    private record Held(Answer answer, Duration since) {}

    /** A probe that holds what another one was answered. */
    public static ClockedProbe over(Probe asking) {
        return new ClockedProbe(asking, "", new Clock());
    }

    /** Lets time pass. */
    public void advance(Duration time) {
        clock.now = clock.now.plus(time);
    }

    @Override
    public Answer get(Get request) {
        String key = place + request.path();
        Held held = clock.held.get(key);
        if (held != null && serves(held, request.maxAge())) {
            return aged(held);
        }
        Answer answer = asking.get(request);
        clock.held.put(key, new Held(answer, clock.now));
        return answer;
    }

    /** As old as it would be: adapters read stamps. */
    private Answer aged(Held held) {
        Duration age = clock.now.minus(held.since());
        return held.answer() instanceof Answer.Received received
                ? new Answer.Received(
                        received.status(),
                        received.headers(),
                        received.body(),
                        received.json(),
                        received.cut(),
                        new Stamp(
                                received.stamp().time().minus(age),
                                received.stamp().nanos() - age.toNanos()))
                : held.answer();
    }

    private boolean serves(Held held, Duration maxAge) {
        if (maxAge.isZero() || held.answer() instanceof Answer.Failed) {
            return false;
        }
        boolean whole = held.answer().status() == 200 || maxAge.compareTo(MOST_FOR_ERRORS) < 0;
        return clock.now.minus(held.since()).compareTo(whole ? maxAge : MOST_FOR_ERRORS) <= 0;
    }

    @Override
    public <T> Streamed<T> stream(Get request, BodyReader<T> reader) {
        return asking.stream(request, reader);
    }

    @Override
    public List<Member> members() {
        return asking.members();
    }

    @Override
    public Probe of(Member member) {
        return new ClockedProbe(asking.of(member), member.endpoint().id(), clock);
    }

    @Override
    public Value<String> file(String option) {
        return asking.file(option);
    }
}
