// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import dev.llmtop.model.Text;
import dev.llmtop.spi.EngineType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@link EngineType} of an adapter, read from its service properties and checked.
 *
 * @param kind its id
 * @param title for a person
 * @param signature how its engines are recognized before they are asked
 * @param paths what it may ask an engine
 * @param memberPaths what it may ask an engine's other processes
 * @param origin which service it is
 */
public record AdapterDescriptor(
        String kind, String title, Signature signature, Set<String> paths, Set<String> memberPaths, Origin origin) {
    /** A fixed first segment (or none at all); later ones fixed or one whole value; then a query. */
    private static final Pattern PATH = Pattern.compile(
            "/|/[A-Za-z0-9_.~:@,+%-]+(/([A-Za-z0-9_.~:@,+%-]*|\\{\\w+}))*(\\?([A-Za-z0-9/_.~?&=%:@,+-]|\\{\\w+})*)?");

    private static final Pattern ESCAPED_DOT_OR_SLASH = Pattern.compile("(?i)%(2e|2f|5c|00)");

    public AdapterDescriptor {
        paths = Collections.unmodifiableSet(new LinkedHashSet<>(paths));
        memberPaths = Collections.unmodifiableSet(new LinkedHashSet<>(memberPaths));
    }

    /** Usual ports in the order declared, the default one first; command patterns; and what engines below its processes are. */
    public record Signature(Set<Integer> ports, List<CommandPattern> commands, EngineType.Children children) {
        public Signature {
            ports = Collections.unmodifiableSet(new LinkedHashSet<>(ports));
            commands = List.copyOf(commands);
        }
    }

    /** The service: its id, its ranking, its bundle. */
    public record Origin(long serviceId, int ranking, long bundleId) {}

    /**
     * Reads service properties.
     *
     * @throws IllegalArgumentException with one line for the adapter's author: no kind, a path with a wildcard, ...
     */
    public static AdapterDescriptor of(Map<String, ?> properties) {
        String kind = text(properties, "kind");
        if (!kind.matches("[a-z][a-z0-9]*")) {
            throw new IllegalArgumentException("an adapter needs a kind of [a-z][a-z0-9]*, not '" + kind + "'");
        }
        String title = Text.clean(text(properties, "title"));
        Signature signature = new Signature(
                ports(properties),
                texts(properties, "commands").stream()
                        .map(CommandPattern::parse)
                        .toList(),
                children(text(properties, "children")));
        return new AdapterDescriptor(
                kind,
                title.isEmpty() ? kind : title,
                signature,
                paths(properties, "paths"),
                paths(properties, "memberPaths"),
                new Origin(
                        number(properties.get("service.id")),
                        (int) number(properties.get("service.ranking")),
                        number(properties.get("service.bundleid"))));
    }

    /** Whether the command pattern of a whole process (not of a part with a title) fits. */
    public boolean fits(CommandLine command) {
        return signature.commands().stream().anyMatch(pattern -> !pattern.ofPart() && pattern.fits(command));
    }

    /** Whether the process is a part of such an engine: it has a title that one of the patterns begins, and is never asked. */
    public boolean fitsPart(CommandLine command) {
        return signature.commands().stream().anyMatch(pattern -> pattern.ofPart() && pattern.fits(command));
    }

    private static EngineType.Children children(String name) {
        if (name.isEmpty()) {
            return EngineType.Children.INSTANCES;
        }
        for (EngineType.Children known : EngineType.Children.values()) {
            if (known.name().equalsIgnoreCase(name)) {
                return known;
            }
        }
        throw new IllegalArgumentException("children are INSTANCES or BACKENDS, not '" + name + "'");
    }

    private static Set<String> paths(Map<String, ?> properties, String name) {
        Set<String> paths = new LinkedHashSet<>(texts(properties, name));
        for (String path : paths) {
            if (!PATH.matcher(path).matches()
                    || path.contains("..")
                    || ESCAPED_DOT_OR_SLASH.matcher(path).find()) {
                throw new IllegalArgumentException(
                        "a declared path is exact, begins with / and has no wildcard: '" + path
                                + "' is none (a {name} stands for a value in the query, or for a whole segment after a fixed one)");
            }
        }
        return paths;
    }

    private static Set<Integer> ports(Map<String, ?> properties) {
        Set<Integer> ports = new LinkedHashSet<>();
        for (String port : texts(properties, "ports")) {
            if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
                throw new IllegalArgumentException("a port is 1..65535, not '" + port + "'");
            }
            ports.add(Integer.valueOf(port));
        }
        return ports;
    }

    private static String text(Map<String, ?> properties, String name) {
        Object value = properties.get(EngineType.PREFIX_ + name);
        return value == null ? "" : value.toString();
    }

    private static List<String> texts(Map<String, ?> properties, String name) {
        Object value = properties.get(EngineType.PREFIX_ + name);
        List<String> texts = new ArrayList<>();
        if (value == null) {
            return texts;
        }
        if (value.getClass().isArray()) {
            for (int at = 0; at < Array.getLength(value); at++) {
                texts.add(String.valueOf(Array.get(value, at)));
            }
        } else if (value instanceof Iterable<?> several) {
            several.forEach(one -> texts.add(String.valueOf(one)));
        } else {
            texts.add(value.toString());
        }
        return texts;
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
