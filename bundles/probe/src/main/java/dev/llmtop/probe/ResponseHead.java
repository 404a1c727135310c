// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Status and headers of an answer.
 *
 * @param status 200..599
 * @param minor of HTTP/1.minor
 * @param headers by lower-case name
 */
record ResponseHead(int status, int minor, Map<String, List<String>> headers) {
    /** The elements of a header that is a comma-separated list, in lower case. */
    List<String> elements(String name) {
        List<String> elements = new ArrayList<>();
        for (String value : headers.getOrDefault(name, List.of())) {
            for (String element : value.split(",", -1)) {
                if (!element.isBlank()) {
                    elements.add(element.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return elements;
    }

    Optional<String> first(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Whether the server leaves the connection open after this answer, by its own word. */
    boolean keepsAlive() {
        List<String> connection = elements("connection");
        return minor == 0 ? connection.contains("keep-alive") : !connection.contains("close");
    }
}
