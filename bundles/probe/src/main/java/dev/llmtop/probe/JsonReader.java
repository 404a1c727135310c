// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Reads bodies as JSON, the only place that does. What is no JSON, or deeper, longer or odder than an engine's answer ever is,
 * becomes a missing node.
 */
final class JsonReader {
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxStringLength(HeldBodies.MOST_BYTES)
            .maxNumberLength(100)
            .maxNameLength(4_096)
            .maxDocumentLength(2L * HeldBodies.MOST_BYTES)
            .maxTokenCount(200_000)
            .build();

    // Not-a-number and infinity are no JSON, and the mapper refuses them unless told otherwise.
    private final JsonMapper mapper = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The body as JSON where its type says so or it looks like it. */
    JsonNode read(String body, String contentType) {
        String start = body.startsWith("\ufeff") ? body.substring(1) : body;
        if (!contentType.contains("json") && !looksLikeJson(start)) {
            return MissingNode.getInstance();
        }
        try {
            JsonNode json = mapper.readTree(start);
            return json == null ? MissingNode.getInstance() : finite(json);
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        }
    }

    private static boolean looksLikeJson(String body) {
        int at = 0;
        while (at < body.length() && body.charAt(at) <= ' ') {
            at++;
        }
        return at < body.length() && "{[\"".indexOf(body.charAt(at)) >= 0;
    }

    /** A number beyond what a double holds (1e999) would be read as infinite: it becomes null. No deeper than the limit above. */
    private static JsonNode finite(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> property : object.properties()) {
                property.setValue(finite(property.getValue()));
            }
        } else if (node instanceof ArrayNode array) {
            for (int at = 0; at < array.size(); at++) {
                array.set(at, finite(array.get(at)));
            }
        } else if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
            return NullNode.getInstance();
        }
        return node;
    }
}
