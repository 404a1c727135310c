// SPDX-License-Identifier: MIT
package dev.llmtop.report.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.llmtop.agent.SnapshotReader;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document as maps, lists, cleaned text, {@code Long}, {@code Double} and {@code Boolean}; what is null is left out. Bounded in
 * size, depth and number of values, so that no document costs more memory than a large snapshot does.
 */
final class JsonTree {
    private static final int DEEPEST = 32;
    private static final int LONGEST_TEXT = 1 << 20;
    private static final int LONGEST_NUMBER = 400;
    private static final int MOST_VALUES = 400_000;

    private final JsonFactory factory = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(SnapshotReader.MOST_BYTES)
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(LONGEST_TEXT)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();

    /** The object that the document is. */
    JsonFields read(byte[] json) throws UnreadableException {
        try (JsonParser parser = open(json)) {
            Map<String, Object> fields = new Reading(parser).object();
            if (parser.nextToken() != null) {
                throw UnreadableException.malformed("something follows the snapshot at " + place(parser));
            }
            return new JsonFields("", fields);
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    /** The texts of the first of these fields of the object that the document is; the rest is not read. */
    JsonFields firstTexts(byte[] json, List<String> names) throws UnreadableException {
        Map<String, Object> found = new LinkedHashMap<>();
        try (JsonParser parser = open(json)) {
            while (found.size() < names.size() && parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING && names.contains(name)) {
                    found.put(name, Text.clean(parser.getText()));
                } else {
                    parser.skipChildren();
                }
            }
            return new JsonFields("", found);
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    private JsonParser open(byte[] json) throws IOException, UnreadableException {
        if (json.length > SnapshotReader.MOST_BYTES) {
            throw new UnreadableException(
                    Reason.TOO_LARGE, "it is longer than " + (SnapshotReader.MOST_BYTES >> 20) + " MiB");
        }
        JsonParser parser = factory.createParser(json);
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw UnreadableException.malformed("it is no JSON object");
        }
        return parser;
    }

    private static UnreadableException trouble(IOException problem) {
        if (problem instanceof StreamConstraintsException) {
            return new UnreadableException(Reason.TOO_LARGE, "it is deeper or longer than any snapshot");
        }
        if (problem instanceof JsonEOFException cut) {
            return UnreadableException.malformed("it breaks off at byte " + offset(cut));
        }
        if (problem instanceof JsonProcessingException bad) {
            String said = bad.getOriginalMessage();
            return UnreadableException.malformed("it is no JSON at byte " + offset(bad) + ": "
                    + Text.clean(said == null ? "" : said.lines().findFirst().orElse("")));
        }
        throw new UncheckedIOException("bytes in memory could not be read", problem);
    }

    private static long offset(JsonProcessingException problem) {
        return problem.getLocation() == null
                ? 0
                : Math.max(0, problem.getLocation().getByteOffset());
    }

    private static String place(JsonParser parser) {
        return "byte " + Math.max(0, parser.currentTokenLocation().getByteOffset());
    }

    /** One pass over a document; not safe for several threads. */
    private static final class Reading {
        private final JsonParser parser;
        private int values;

        Reading(JsonParser parser) {
            this.parser = parser;
        }

        Map<String, Object> object() throws IOException, UnreadableException {
            Map<String, Object> fields = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                Object value = value(parser.nextToken());
                if (value != null) {
                    fields.put(name, value);
                }
            }
            return fields;
        }

        private List<Object> array() throws IOException, UnreadableException {
            List<Object> elements = new ArrayList<>();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                Object value = value(token);
                if (value != null) {
                    elements.add(value);
                }
            }
            return elements;
        }

        private @Nullable Object value(JsonToken token) throws IOException, UnreadableException {
            values++;
            if (values > MOST_VALUES) {
                throw new UnreadableException(
                        Reason.TOO_LARGE,
                        String.format(Locale.ROOT, "it has more than %,d values, as no snapshot has", MOST_VALUES));
            }
            return switch (token) {
                case START_OBJECT -> object();
                case START_ARRAY -> array();
                case VALUE_STRING -> Text.clean(parser.getText());
                case VALUE_TRUE -> Boolean.TRUE;
                case VALUE_FALSE -> Boolean.FALSE;
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
                default -> null;
            };
        }

        private Object number() throws IOException, UnreadableException {
            JsonParser.NumberType type = parser.getNumberType();
            if (type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG) {
                return parser.getLongValue();
            }
            double number = parser.getDoubleValue();
            if (!Double.isFinite(number)) {
                throw UnreadableException.malformed("a number is too large at " + place(parser));
            }
            return number;
        }
    }
}
