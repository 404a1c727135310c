// SPDX-License-Identifier: MIT
package dev.llmtop.report.read;

import dev.llmtop.model.Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The fields of one object of the tree: asked by name and type; a value of another type is named with its place. */
final class JsonFields {
    /** No field at all. */
    static final JsonFields NONE = new JsonFields("", Map.of());

    private final String path;
    private final Map<String, Object> fields;

    /**
     * @param path of the object, with a point at its end; empty for the document
     * @param fields as {@link JsonTree} has them
     */
    JsonFields(String path, Map<String, Object> fields) {
        this.path = path;
        this.fields = fields;
    }

    Set<String> names() {
        return fields.keySet();
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    /** A cleaned text; empty where it is absent. */
    String text(String name) throws UnreadableException {
        return knownText(name).orElse("");
    }

    Optional<String> knownText(String name) throws UnreadableException {
        return optional(name, String.class, "a text");
    }

    /** A text that makes no sense to be without. */
    String neededText(String name) throws UnreadableException {
        return knownText(name).orElseThrow(() -> UnreadableException.malformed(path + name + " is missing"));
    }

    Instant instant(String name) throws UnreadableException {
        String text = neededText(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw UnreadableException.malformed(path + name + " takes an instant in UTC, not '" + text + "'");
        }
    }

    /** A whole number; 0 where it is absent. */
    long count(String name) throws UnreadableException {
        return knownCount(name).orElse(0L);
    }

    int smallCount(String name) throws UnreadableException {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, count(name)));
    }

    Optional<Long> knownCount(String name) throws UnreadableException {
        Object value = fields.get(name);
        return value == null ? Optional.empty() : Optional.of(whole(name, value));
    }

    /** A number; 0 where it is absent. */
    double number(String name) throws UnreadableException {
        return knownNumber(name).orElse(0.0);
    }

    Optional<Double> knownNumber(String name) throws UnreadableException {
        return optional(name, Number.class, "a number").map(Number::doubleValue);
    }

    /** Whether it says true; false where it is absent. */
    boolean flag(String name) throws UnreadableException {
        return optional(name, Boolean.class, "true or false").orElse(false);
    }

    /** An object; one without fields where it is absent. */
    JsonFields object(String name) throws UnreadableException {
        return knownObject(name).orElse(NONE);
    }

    Optional<JsonFields> knownObject(String name) throws UnreadableException {
        Object value = fields.get(name);
        return value == null ? Optional.empty() : Optional.of(asObject(path + name, value));
    }

    /** The objects of an array; none where it is absent. */
    List<JsonFields> objects(String name) throws UnreadableException {
        List<JsonFields> objects = new ArrayList<>();
        for (Object element : elements(name)) {
            objects.add(asObject(element(name, objects.size()), element));
        }
        return objects;
    }

    /** The texts of an array, cleaned. */
    List<String> texts(String name) throws UnreadableException {
        List<String> texts = new ArrayList<>();
        for (Object element : elements(name)) {
            texts.add(as(element(name, texts.size()), element, String.class, "a text"));
        }
        return texts;
    }

    /** The numbers of an array. */
    List<Double> numbers(String name) throws UnreadableException {
        List<Double> numbers = new ArrayList<>();
        for (Object element : elements(name)) {
            numbers.add(as(element(name, numbers.size()), element, Number.class, "a number")
                    .doubleValue());
        }
        return numbers;
    }

    /** The whole numbers of an array. */
    List<Long> counts(String name) throws UnreadableException {
        List<Long> counts = new ArrayList<>();
        for (Object element : elements(name)) {
            counts.add(whole(name + "[" + counts.size() + "]", element));
        }
        return counts;
    }

    /** The arrays of an array, each with its elements as they are. */
    List<List<?>> rows(String name) throws UnreadableException {
        List<List<?>> rows = new ArrayList<>();
        for (Object element : elements(name)) {
            rows.add(as(element(name, rows.size()), element, List.class, "an array"));
        }
        return rows;
    }

    /** Every field as a number, by its cleaned name. */
    Map<String, Double> numbersByName() throws UnreadableException {
        Map<String, Double> numbers = new TreeMap<>();
        for (String name : fields.keySet()) {
            String cleaned = Text.clean(name);
            numbers.put(
                    cleaned,
                    as(path + cleaned, fields.get(name), Number.class, "a number")
                            .doubleValue());
        }
        return numbers;
    }

    /** Every field that is a number, a text or a flag, by its cleaned name. */
    Map<String, Object> scalars() {
        Map<String, Object> scalars = new TreeMap<>();
        fields.forEach((name, value) -> {
            if (!(value instanceof Map) && !(value instanceof List)) {
                scalars.put(Text.clean(name), value);
            }
        });
        return scalars;
    }

    private List<?> elements(String name) throws UnreadableException {
        Object value = fields.get(name);
        return value == null ? List.of() : as(path + name, value, List.class, "an array");
    }

    private String element(String name, int index) {
        return path + name + "[" + index + "]";
    }

    private long whole(String name, Object value) throws UnreadableException {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 9e18) {
            return number.longValue();
        }
        return as(path + name, value, Long.class, "a whole number");
    }

    private <T> Optional<T> optional(String name, Class<T> type, String wanted) throws UnreadableException {
        Object value = fields.get(name);
        return value == null ? Optional.empty() : Optional.of(as(path + name, value, type, wanted));
    }

    @SuppressWarnings("unchecked") // the tree has no maps but those of its own
    private static JsonFields asObject(String at, Object value) throws UnreadableException {
        return new JsonFields(at + ".", (Map<String, Object>) as(at, value, Map.class, "an object"));
    }

    private static <T> T as(String at, Object value, Class<T> type, String wanted) throws UnreadableException {
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw UnreadableException.malformed(at + " takes " + wanted + ", not " + kindOf(value));
    }

    private static String kindOf(Object value) {
        if (value instanceof Map) {
            return "an object";
        }
        if (value instanceof List) {
            return "an array";
        }
        return value instanceof String text ? "'" + text.substring(0, Math.min(40, text.length())) + "'" : value + "";
    }
}
