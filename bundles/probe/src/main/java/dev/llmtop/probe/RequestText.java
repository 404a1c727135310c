// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import dev.llmtop.model.Reason;
import dev.llmtop.spi.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes requests: always a GET, always the same headers. */
final class RequestText {
    private final String userAgent;

    RequestText(String version) {
        userAgent = "llmtop/" + version.replaceAll("[^A-Za-z0-9._-]", "");
    }

    /**
     * The bytes of a request.
     *
     * @param path already found safe
     * @param page whether it is a page of metrics. Its Accept leaves OpenMetrics out on purpose: Python's prometheus_client takes
     *     that wherever it is named, however low its weight
     */
    byte[] bytes(Endpoint endpoint, String path, boolean page, Optional<Key> key) throws Trouble {
        String host = endpoint.authority();
        if (!host.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            throw new Trouble(Reason.NOT_SAFE, "no host name");
        }
        StringBuilder text = new StringBuilder(256)
                .append("GET ")
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append("\r\nUser-Agent: ")
                .append(userAgent)
                .append("\r\nAccept: ")
                .append(page ? "text/plain;version=0.0.4, */*;q=0.1" : "*/*")
                .append("\r\nAccept-Encoding: gzip\r\nConnection: keep-alive\r\n");
        key.ifPresent(known ->
                text.append("Authorization: Bearer ").append(known.secret()).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }
}
