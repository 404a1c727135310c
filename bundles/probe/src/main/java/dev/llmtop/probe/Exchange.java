// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Text;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.BodyReader;
import dev.llmtop.spi.Stamp;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One request and its answer on one connection, which is kept or closed after it. */
final class Exchange {
    /** The most bytes of a body that is streamed, decoded. */
    static final long MOST_STREAMED_BYTES = 64L << 20;

    private static final int MOST_OF_AN_ERROR = 16_384;
    private static final int MOST_DRAINED = 8_192;
    private static final long DRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final HeldBodies bodies;
    private final JsonReader json;
    private final Pool pool;

    Exchange(HeldBodies bodies, JsonReader json, Pool pool) {
        this.bodies = bodies;
        this.json = json;
        this.pool = pool;
    }

    <T> Reply<T> run(Connection connection, byte[] text, Request<T> request) throws Trouble {
        boolean kept = false;
        try {
            send(connection, text);
            ResponseHead head = HeadReader.read(connection.input());
            Stamp stamp = Stamp.now();
            FramedBody framed = new FramedBody(connection.input(), Frame.of(head, connection.input()));
            Reply<T> reply = take(head, DecodedBody.of(head, framed), stamp, request);
            if (Thread.currentThread().isInterrupted()) {
                throw Trouble.abandoned();
            }
            kept = head.keepsAlive() && Frame.unambiguous(head) && drained(connection, framed, request);
            return reply;
        } catch (IOException broken) {
            throw Connector.trouble(broken, connection.expired(), "no answer by the deadline");
        } finally {
            if (kept) {
                pool.keep(connection);
            } else {
                connection.close();
            }
        }
    }

    private static void send(Connection connection, byte[] text) throws IOException {
        try {
            connection.send(text);
        } catch (IOException broken) {
            Trouble trouble =
                    new Trouble(Reason.UNREACHABLE, Trouble.Kind.NO_FIRST_BYTE, String.valueOf(broken.getMessage()));
            trouble.initCause(broken);
            throw trouble;
        }
    }

    private <T> Reply<T> take(ResponseHead head, DecodedBody decoded, Stamp stamp, Request<T> request) {
        if (head.status() == 200 && request.reader().isPresent()) {
            CappedBody body = new CappedBody(decoded, MOST_STREAMED_BYTES);
            Value<T> value = read(body, request.reader().get());
            return new Reply<>(received(head, "", MissingNode.getInstance(), body.cut(), stamp), Optional.of(value));
        }
        // Of an error to a page only so much is read as tells what it is.
        int most = request.reader().isPresent() ? MOST_OF_AN_ERROR : HeldBodies.MOST_BYTES;
        CappedBody body = new CappedBody(decoded, most);
        try (HeldBodies.Held held = bodies.read(body)) {
            String text = held.text();
            JsonNode node = json.read(text, head.first("content-type").orElse(""));
            return new Reply<>(received(head, text, node, body.cut(), stamp), Optional.empty());
        }
    }

    private static <T> Value<T> read(CappedBody body, BodyReader<T> reader) {
        try {
            return Value.of(reader.read(body));
        } catch (IOException senseless) {
            return Value.unavailable(Reason.MALFORMED, Text.clean(String.valueOf(senseless.getMessage())));
        }
    }

    private static Answer.Received received(ResponseHead head, String body, JsonNode json, boolean cut, Stamp stamp) {
        return new Answer.Received(head.status(), head.headers(), body, json, cut, stamp);
    }

    /** Whether the answer is read to its end. A little of it that is left may be read off, but no time is spent on it. */
    private static boolean drained(Connection connection, FramedBody framed, Request<?> request) {
        if (!framed.ended()) {
            long now = System.nanoTime();
            if (!connection.until(now + Math.min(DRAIN_NANOS, request.deadlineNanos() - now))) {
                return false;
            }
            byte[] drain = new byte[MOST_DRAINED];
            try {
                framed.readNBytes(drain, 0, drain.length);
                if (!framed.ended() && framed.read() >= 0) {
                    return false;
                }
            } catch (IOException broken) {
                return false;
            }
        }
        return framed.ended();
    }
}
