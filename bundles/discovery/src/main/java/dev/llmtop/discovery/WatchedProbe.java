// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.BodyReader;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Streamed;
import java.util.List;

/** A probe that remembers whether anything answered at all. */
final class WatchedProbe implements Probe {
    private final Probe probe;
    private final Heard heard;

    WatchedProbe(Probe probe, Heard heard) {
        this.probe = probe;
        this.heard = heard;
    }

    /** What came back from one endpoint, through all probes to it. */
    static final class Heard {
        private volatile boolean answered;
        private volatile String failure = "";

        boolean answered() {
            return answered;
        }

        /** Why the last request got no answer; empty where each got one or none was sent. */
        String failure() {
            return failure;
        }

        private Answer note(Answer answer) {
            if (answer instanceof Answer.Received) {
                answered = true;
            } else if (answer instanceof Answer.Failed failed && failed.reason() != Reason.NOT_SAFE) {
                failure = failed.detail();
            }
            return answer;
        }
    }

    @Override
    public Answer get(Get request) {
        return heard.note(probe.get(request));
    }

    @Override
    public <T> Streamed<T> stream(Get request, BodyReader<T> reader) {
        Streamed<T> streamed = probe.stream(request, reader);
        if (streamed.status() > 0) {
            heard.answered = true;
        }
        return streamed;
    }

    @Override
    public List<Member> members() {
        return probe.members();
    }

    @Override
    public Probe of(Member member) {
        return probe.of(member);
    }

    @Override
    public Value<String> file(String option) {
        return probe.file(option);
    }
}
