// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came over the wire.
 *
 * @param method such as {@code GET}; what stood first, whatever it was
 * @param path the request target with its query, as sent
 * @param headers by lower-case name
 * @param head the request line and the headers, as sent, one character a byte
 * @param bodyBytes what followed as its body
 */
public record ReceivedRequest(
        String method, String path, Map<String, List<String>> headers, String head, long bodyBytes) {
    public ReceivedRequest {
        headers = Map.copyOf(headers);
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** Bytes on the wire. */
    public long bytes() {
        return head.length() + bodyBytes;
    }

    /** The path without its query. */
    public String plainPath() {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }
}
