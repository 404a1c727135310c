// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** What an {@link EngineServer} answers. Immutable. */
public final class CannedAnswer {
    private final int status;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;
    private final Form form;
    private final int sent;
    private final Optional<CountDownLatch> latch;

    /** How the body is sent. */
    enum Form {
        SIZED,
        CHUNKED,
        GZIPPED,
        BROKEN_OFF
    }

    private CannedAnswer(
            int status,
            List<Map.Entry<String, String>> headers,
            byte[] body,
            Form form,
            int sent,
            Optional<CountDownLatch> latch) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = body;
        this.form = form;
        this.sent = sent;
        this.latch = latch;
    }

    /** An answer with a body in UTF-8 and its Content-Length. */
    public static CannedAnswer of(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer with a body in bytes and its Content-Length. */
    public static CannedAnswer of(int status, String contentType, byte[] body) {
        List<Map.Entry<String, String>> headers =
                contentType.isEmpty() ? List.of() : List.of(Map.entry("Content-Type", contentType));
        return new CannedAnswer(status, headers, body.clone(), Form.SIZED, body.length, Optional.empty());
    }

    /** 200 with JSON. */
    public static CannedAnswer json(String body) {
        return of(200, "application/json", body);
    }

    /** 200 with a page in the Prometheus text format. */
    public static CannedAnswer metrics(String page) {
        return of(200, "text/plain; version=0.0.4; charset=utf-8", page);
    }

    /** The same with one header more. */
    public CannedAnswer header(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new CannedAnswer(status, more, body, form, sent, latch);
    }

    /** The same, sent in chunks. */
    public CannedAnswer chunked() {
        return new CannedAnswer(status, headers, body, Form.CHUNKED, sent, latch);
    }

    /** The same, compressed with gzip. */
    public CannedAnswer gzipped() {
        return new CannedAnswer(status, headers, body, Form.GZIPPED, sent, latch);
    }

    /** The same, of which half the body comes, whatever its length says, before the connection is closed. */
    public CannedAnswer brokenOff() {
        return brokenOffAfter(body.length / 2);
    }

    /** The same, of which so many bytes of the body come, whatever its length says, before the connection is closed. */
    public CannedAnswer brokenOffAfter(int bytes) {
        return new CannedAnswer(status, headers, body, Form.BROKEN_OFF, Math.min(bytes, body.length), latch);
    }

    /** The same, sent no earlier than the latch is open. */
    public CannedAnswer after(CountDownLatch opened) {
        return new CannedAnswer(status, headers, body, form, sent, Optional.of(opened));
    }

    int status() {
        return status;
    }

    List<Map.Entry<String, String>> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    /** Bytes of the body that are sent. */
    int sent() {
        return sent;
    }

    Form form() {
        return form;
    }

    Optional<CountDownLatch> latch() {
        return latch;
    }
}
