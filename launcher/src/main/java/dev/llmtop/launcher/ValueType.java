// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How the text of a value is read. Options and environment give seconds, files give what the component takes. */
enum ValueType {
    /** A duration: seconds on the command line, milliseconds in a file; a {@code Long} of milliseconds. */
    DURATION,
    /** A whole number; an {@code Integer}. */
    NUMBER,
    /** {@code true} or {@code false}; a {@code Boolean}. */
    FLAG,
    /** TCP ports, separated by commas; an {@code int[]}. */
    PORTS,
    /** Base URLs, separated by commas; a {@code String[]}. */
    URLS;

    private static final Set<String> TRUE = Set.of("true", "1", "yes", "on");
    private static final Set<String> FALSE = Set.of("false", "0", "no", "off");

    /** Milliseconds from a file's {@code text}, or from {@code text} seconds if {@code seconds}; throws when neither. */
    static long milliseconds(String text, boolean seconds) {
        BigDecimal number = new BigDecimal(text.strip());
        return (seconds ? number.movePointRight(3) : number).longValueExact();
    }

    /** Yes or no in the usual words; throws on any other. */
    static boolean flag(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (TRUE.contains(word)) {
            return true;
        }
        if (FALSE.contains(word)) {
            return false;
        }
        throw new IllegalArgumentException(text);
    }

    /** Ports within 1..65535 separated by commas; throws on any other. */
    static int[] ports(String text) {
        return parts(text).stream().mapToInt(ValueType::port).toArray();
    }

    /** Absolute http or https URLs separated by commas, {@code host:port} being short for http; throws on any other. */
    static String[] urls(String text) {
        return parts(text).stream().map(ValueType::url).toArray(String[]::new);
    }

    private static int port(String text) {
        int port = Integer.parseInt(text);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException(text);
        }
        return port;
    }

    private static String url(String text) {
        String full = text.contains("://") ? text : "http://" + text;
        try {
            URI uri = new URI(full);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            // A URL without a scheme must say its port: a bare word is more likely a slip than a host.
            boolean port = uri.getPort() == -1 ? text.contains("://") : uri.getPort() > 0 && uri.getPort() <= 65535;
            if (!http || uri.getHost() == null || !bare || !port) {
                throw new IllegalArgumentException(text);
            }
            return full;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }
}
