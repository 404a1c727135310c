// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.JsonTokenId;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Reads bodies as JSON, the only place that does. What is no JSON, or deeper, longer or odder than an engine's answer ever is,
 * becomes a missing node.
 *
 * <p>The tree is built here from the parser's tokens: the library's mapper does the same, but it and what it drags in are 300
 * classes, which a one-shot run would load for two small answers.
 */
final class JsonReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxStringLength(HeldBodies.MOST_BYTES)
            .maxNumberLength(100)
            .maxNameLength(4_096)
            .maxDocumentLength(2L * HeldBodies.MOST_BYTES)
            .maxTokenCount(200_000)
            .build();

    // Names are not kept in a table that outlives their answer: any server could fill it.
    private final JsonFactory factory = JsonFactory.builder()
            .streamReadConstraints(LIMITS)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** The body as JSON where its type says so or it looks like it. */
    JsonNode read(String body, String contentType) {
        String start = body.startsWith("\ufeff") ? body.substring(1) : body;
        if (!contentType.contains("json") && !looksLikeJson(start)) {
            return MissingNode.getInstance();
        }
        try (JsonParser parser = factory.createParser(start)) {
            JsonNode json = parser.nextToken() == null ? MissingNode.getInstance() : value(parser);
            return parser.nextToken() == null ? json : MissingNode.getInstance();
        } catch (IOException noJson) {
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

    /** The value at the parser's token. Calls itself no deeper than the limit above. */
    private static JsonNode value(JsonParser parser) throws IOException {
        return switch (parser.currentTokenId()) {
            case JsonTokenId.ID_START_OBJECT -> object(parser);
            case JsonTokenId.ID_START_ARRAY -> array(parser);
            case JsonTokenId.ID_STRING -> NODES.textNode(parser.getText());
            case JsonTokenId.ID_NUMBER_INT -> integer(parser);
            case JsonTokenId.ID_NUMBER_FLOAT -> finite(parser.getDoubleValue());
            case JsonTokenId.ID_TRUE -> NODES.booleanNode(true);
            case JsonTokenId.ID_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private static JsonNode object(JsonParser parser) throws IOException {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            object.set(name, value(parser));
        }
        return object;
    }

    private static JsonNode array(JsonParser parser) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private static JsonNode integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    /** A number beyond what a double holds (1e999) would be read as infinite: it becomes null. */
    private static JsonNode finite(double number) {
        return Double.isFinite(number) ? NODES.numberNode(number) : NODES.nullNode();
    }
}
