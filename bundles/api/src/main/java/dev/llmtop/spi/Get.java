// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A GET of a declared path. Immutable. */
public final class Get {
    /** A {@link #maxAge} for what never changes while its process lives. */
    public static final Duration ONCE = Duration.ofDays(36_500);

    private final String template;
    private final Map<String, String> values;
    private final Duration maxAge;

    private Get(String template, Map<String, String> values, Duration maxAge) {
        this.template = template;
        this.values = values;
        this.maxAge = maxAge;
    }

    /** A GET of a path as {@link EngineType#paths} has it, always asked anew. */
    public static Get of(String template) {
        return new Get(template, Map.of(), Duration.ZERO);
    }

    /** With {@code {name}} filled in; the value is percent-encoded. */
    public Get with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Get(template, Map.copyOf(more), maxAge);
    }

    /** An answer that is no older serves, whoever asked; {@link #ONCE} for one that never changes. */
    public Get maxAge(Duration age) {
        return new Get(template, values, age);
    }

    /** The path as declared. */
    public String template() {
        return template;
    }

    /** How old an answer may be. */
    public Duration maxAge() {
        return maxAge;
    }

    /**
     * The path as sent.
     *
     * @throws IllegalArgumentException where a {@code {name}} has no value
     */
    public String path() {
        String path = template;
        for (Map.Entry<String, String> value : values.entrySet()) {
            String encoded =
                    URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8).replace("+", "%20");
            path = path.replace("{" + value.getKey() + "}", encoded);
        }
        if (path.indexOf('{') >= 0) {
            throw new IllegalArgumentException("no value for a placeholder of " + template);
        }
        return path;
    }

    @Override
    public String toString() {
        return "GET " + template;
    }
}
