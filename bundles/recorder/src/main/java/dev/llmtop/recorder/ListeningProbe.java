// SPDX-License-Identifier: MIT
package dev.llmtop.recorder;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.BodyReader;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Streamed;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Passes every request on to the real probe and keeps what was answered; an answer that served twice is kept once. */
final class ListeningProbe implements Probe {
    private static final int MOST_BYTES = 1 << 20;

    private final Probe probe;
    private final Queue<Exchange> heard = new ConcurrentLinkedQueue<>();
    private final Map<String, Stamp> last = new HashMap<>();

    ListeningProbe(Probe probe) {
        this.probe = probe;
    }

    /** The answers so far, in order. */
    List<Exchange> heard() {
        return List.copyOf(heard);
    }

    @Override
    public Answer get(Get request) {
        Answer answer = probe.get(request);
        answer.received()
                .filter(received -> isNew(request.path(), received.stamp()))
                .ifPresent(received -> heard.add(new Exchange(
                        request.path(),
                        received.status(),
                        received.headers(),
                        received.body(),
                        received.json(),
                        received.cut())));
        return answer;
    }

    private synchronized boolean isNew(String path, Stamp stamp) {
        return !stamp.equals(last.put(path, stamp));
    }

    @Override
    public <T> Streamed<T> stream(Get request, BodyReader<T> reader) {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        Streamed<T> streamed = probe.stream(request, body -> reader.read(new Copied(body, copy)));
        if (streamed.status() > 0) {
            heard.add(new Exchange(
                    request.path(),
                    streamed.status(),
                    Map.of(),
                    copy.toString(StandardCharsets.UTF_8),
                    MissingNode.getInstance(),
                    streamed.cut() || copy.size() >= MOST_BYTES));
        }
        return streamed;
    }

    @Override
    public List<Member> members() {
        return probe.members();
    }

    /** What members answer is no part of a case: it stands for one server. */
    @Override
    public Probe of(Member member) {
        return probe.of(member);
    }

    @Override
    public Value<String> file(String option) {
        return probe.file(option);
    }

    /** Copies what is read. */
    private static final class Copied extends FilterInputStream {
        private final ByteArrayOutputStream copy;

        Copied(InputStream body, ByteArrayOutputStream copy) {
            super(body);
            this.copy = copy;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            if (one >= 0 && copy.size() < MOST_BYTES) {
                copy.write(one);
            }
            return one;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = in.read(into, from, length);
            if (read > 0) {
                copy.write(into, from, Math.max(0, Math.min(read, MOST_BYTES - copy.size())));
            }
            return read;
        }

        /** Through {@link #read}, so that nothing is passed over. */
        @Override
        public long skip(long wanted) throws IOException {
            return readNBytes((int) Math.min(wanted, MOST_BYTES)).length;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
