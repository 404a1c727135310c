// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.litellm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads YAML's flow style, which JSON is a part of: mappings as {@code Map<String, Object>}, sequences as {@code List<Object>}, all
 * else as text. Whatever makes no sense ends it without a result.
 */
final class FlowText {
    private static final int MOST_DEPTH = 32;

    private final String text;
    private int at;
    private boolean broken;

    private FlowText(String text) {
        this.text = text;
    }

    /** The value that the text begins with. */
    static Optional<Object> parse(String text) {
        FlowText reader = new FlowText(text);
        Object value = reader.value(0);
        return reader.broken ? Optional.empty() : Optional.of(value);
    }

    private Object value(int depth) {
        skip();
        if (at >= text.length() || depth > MOST_DEPTH) {
            broken = true;
            return "";
        }
        return switch (text.charAt(at)) {
            case '{' -> mapping(depth);
            case '[' -> sequence(depth);
            default -> scalar(",}]");
        };
    }

    private Map<String, Object> mapping(int depth) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        at++;
        while (more('}')) {
            String key = scalar(":,}");
            skip();
            if (at < text.length() && text.charAt(at) == ':') {
                at++;
                mapping.put(key, value(depth + 1));
            }
            separated('}');
        }
        return mapping;
    }

    private List<Object> sequence(int depth) {
        List<Object> sequence = new ArrayList<>();
        at++;
        while (more(']')) {
            sequence.add(value(depth + 1));
            separated(']');
        }
        return sequence;
    }

    /** Whether another entry begins; steps over the end where none does. */
    private boolean more(char end) {
        skip();
        if (broken || at >= text.length()) {
            broken = true;
            return false;
        }
        if (text.charAt(at) == end) {
            at++;
            return false;
        }
        return true;
    }

    private void separated(char end) {
        skip();
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
        } else if (at >= text.length() || text.charAt(at) != end) {
            broken = true;
        }
    }

    private String scalar(String ends) {
        skip();
        if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
            return quoted(text.charAt(at));
        }
        int from = at;
        while (at < text.length() && !isEnd(ends)) {
            at++;
        }
        return text.substring(from, at).strip();
    }

    /** A colon ends a key only before a blank, as in YAML: {@code http://host} goes on. */
    private boolean isEnd(String ends) {
        char here = text.charAt(at);
        if (here == '\n' || here == '#' && at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
            return true;
        }
        if (here == ':') {
            return ends.indexOf(':') >= 0 && (at + 1 >= text.length() || Character.isWhitespace(text.charAt(at + 1)));
        }
        return ends.indexOf(here) >= 0;
    }

    private String quoted(char quote) {
        StringBuilder into = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char here = text.charAt(at);
            if (here == '\\' && quote == '"' && at + 1 < text.length()) {
                at++;
                into.append(text.charAt(at));
            } else if (here == quote) {
                at++;
                return into.toString();
            } else {
                into.append(here);
            }
        }
        broken = true;
        return "";
    }

    private void skip() {
        while (at < text.length()) {
            if (text.charAt(at) == '#' && (at == 0 || Character.isWhitespace(text.charAt(at - 1)))) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                return;
            }
        }
    }
}
