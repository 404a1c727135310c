// SPDX-License-Identifier: MIT
package dev.llmtop.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmtop.agent.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes out of answers what is nobody's business: secrets, persons, this machine's name and place. Keeps their form. */
final class Anonymizer {
    private static final Pattern HOME =
            Pattern.compile("(?<![\\w.])/(?:home|Users)/[^/\\s\"'\\\\:,;]+|(?<![\\w./])/root(?![\\w.-])");
    private static final Pattern MAIL =
            Pattern.compile("[\\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,8}");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<![\\w.])(?!127\\.|0\\.0\\.0\\.0)(?:\\d{1,3}\\.){3}\\d{1,3}(?![\\w.])(?=[:/\"'\\s,\\])}]|$)");
    private static final Pattern CARD = Pattern.compile("\\b(GPU|MIG)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    /** Redaction looks at no more of a text at once. */
    private static final int PIECE = 16_000;

    private final List<Pattern> names = new ArrayList<>();

    /** @param hostNames of this machine; short and common ones are kept */
    Anonymizer(List<String> hostNames) {
        for (String name : hostNames) {
            if (name.length() > 3 && !name.equals("localhost")) {
                names.add(
                        Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])", Pattern.CASE_INSENSITIVE));
            }
        }
    }

    /** A body: JSON value by value, so that it stays JSON; anything else line by line. Unchanged where nothing is found. */
    String body(String text, JsonNode json) {
        if (json.isContainerNode()) {
            JsonNode clean = clean(json, "");
            return clean.equals(json) ? text : clean.toString();
        }
        StringBuilder lines = new StringBuilder();
        for (String line : text.split("(?<=\n)")) {
            lines.append(text(line));
        }
        return lines.toString();
    }

    private JsonNode clean(JsonNode node, String name) {
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.fields()
                    .forEachRemaining(
                            field -> object.set(text(field.getKey()), clean(field.getValue(), field.getKey())));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(clean(element, name)));
            return array;
        }
        if (!node.isTextual() || node.textValue().isEmpty()) {
            return node;
        }
        String value = node.textValue();
        boolean secret = Redaction.setting(name, "x").equals(Redaction.HIDDEN);
        return JsonNodeFactory.instance.textNode(secret ? Redaction.HIDDEN : text(value));
    }

    /** Any text. */
    String text(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int from = 0; from < text.length(); from += PIECE) {
            kept.append(Redaction.text(text.substring(from, Math.min(text.length(), from + PIECE))));
        }
        String clean = HOME.matcher(kept).replaceAll("/home/user");
        clean = MAIL.matcher(clean).replaceAll("person@example.org");
        clean = ADDRESS.matcher(clean).replaceAll("192.0.2.1");
        clean = CARD.matcher(clean).replaceAll("$1-00000000-0000-0000-0000-000000000000");
        for (Pattern name : names) {
            clean = name.matcher(clean).replaceAll("host");
        }
        return clean;
    }
}
