// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.BodyReader;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Streamed;
import java.util.List;

/** What an adapter gets: counts its requests, and sends none any more once the call was abandoned. */
final class BoundedProbe implements Probe {
    private static final String ABANDONED = "this call was abandoned";

    private final Probe probe;
    private final CallClock clock;

    BoundedProbe(Probe probe, CallClock clock) {
        this.probe = probe;
        this.clock = clock;
    }

    @Override
    public Answer get(Get request) {
        return clock.request() ? probe.get(request) : new Answer.Failed(Reason.TIMED_OUT, ABANDONED, Stamp.now());
    }

    @Override
    public <T> Streamed<T> stream(Get request, BodyReader<T> reader) {
        return clock.request()
                ? probe.stream(request, reader)
                : new Streamed<>(0, Value.unavailable(Reason.TIMED_OUT, ABANDONED), false, Stamp.now());
    }

    @Override
    public List<Member> members() {
        return probe.members();
    }

    @Override
    public Probe of(Member member) {
        return new BoundedProbe(probe.of(member), clock);
    }

    @Override
    public Value<String> file(String option) {
        return clock.abandoned() ? Value.unavailable(Reason.TIMED_OUT, ABANDONED) : probe.file(option);
    }
}
