// SPDX-License-Identifier: MIT
package dev.llmtop.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * One answer.
 *
 * @param path as it was sent, with its query
 * @param headers empty where the body was streamed
 * @param json the parsed body; a missing node where it is none
 * @param cut whether the body is not all of it
 */
record Exchange(String path, int status, Map<String, List<String>> headers, String body, JsonNode json, boolean cut) {
    Exchange {
        headers = Map.copyOf(headers);
    }
}
