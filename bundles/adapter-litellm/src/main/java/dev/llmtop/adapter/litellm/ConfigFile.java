// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.litellm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads the deployments of a LiteLLM configuration: of the YAML of {@code --config} the entries of {@code model_list}, and of each
 * only {@code model_name}, {@code litellm_params.model} and {@code litellm_params.api_base}. Not a YAML reader: anchors, tags and
 * includes say nothing here. Keys and everything else are stepped over and leave nowhere. Source: BerriAI/litellm
 * proxy/proxy_config.yaml, types/router.py (LiteLLM_Params).
 */
final class ConfigFile {
    private static final int MOST = 2_000;
    private static final int MOST_LINES = 50_000;

    private final List<Line> lines;

    private ConfigFile(List<Line> lines) {
        this.lines = lines;
    }

    /** A line with something on it; {@code text} without its indent and its comment. */
    private record Line(int indent, String text) {}

    /** A key and what stands behind its colon. */
    private record Entry(String key, String value) {}

    /** The deployments, in order; none where the text is something else. */
    static List<Deployment> deployments(String yaml) {
        List<Line> lines = lines(yaml);
        if (lines.isEmpty()) {
            return List.of();
        }
        return lines.get(0).text().startsWith("{")
                ? ofFlow(FlowText.parse(yaml.strip())
                        .map(root -> field(root, "model_list"))
                        .orElse(""))
                : new ConfigFile(lines).modelList();
    }

    private static List<Line> lines(String yaml) {
        List<Line> lines = new ArrayList<>();
        yaml.lines().limit(MOST_LINES).forEach(raw -> {
            String text = withoutComment(raw).stripTrailing();
            String bare = text.stripLeading();
            if (!bare.isEmpty() && !bare.equals("---")) {
                lines.add(new Line(text.length() - bare.length(), bare));
            }
        });
        return lines;
    }

    private static String withoutComment(String line) {
        char quote = 0;
        for (int at = 0; at < line.length(); at++) {
            char here = line.charAt(at);
            if (quote != 0) {
                quote = here == quote ? 0 : quote;
            } else if ((here == '"' || here == '\'') && (at == 0 || " :[{,-".indexOf(line.charAt(at - 1)) >= 0)) {
                quote = here;
            } else if (here == '#' && (at == 0 || Character.isWhitespace(line.charAt(at - 1)))) {
                return line.substring(0, at);
            }
        }
        return line;
    }

    private List<Deployment> modelList() {
        for (int at = 0; at < lines.size(); at++) {
            Line line = lines.get(at);
            Entry entry = entry(line.text());
            if (line.indent() == 0 && entry.key().equals("model_list")) {
                return entry.value().isEmpty()
                        ? items(at + 1)
                        : ofFlow(FlowText.parse(flow(entry.value(), at)).orElse(""));
            }
        }
        return List.of();
    }

    /** The items of the sequence that begins here; its dashes may stand as far left as its key. */
    private List<Deployment> items(int from) {
        List<Deployment> deployments = new ArrayList<>();
        int dash = from < lines.size() ? lines.get(from).indent() : 0;
        int at = from;
        while (at < lines.size() && isItem(lines.get(at), dash) && deployments.size() < MOST) {
            int end = at + 1;
            while (end < lines.size() && lines.get(end).indent() > dash) {
                end++;
            }
            item(at, end, dash).ifPresent(deployments::add);
            at = end;
        }
        return deployments;
    }

    private static boolean isItem(Line line, int dash) {
        return line.indent() == dash
                && (line.text().startsWith("- ") || line.text().equals("-"));
    }

    private Optional<Deployment> item(int from, int end, int dash) {
        String first = lines.get(from).text().substring(1);
        String bare = first.stripLeading();
        if (bare.startsWith("{")) {
            return FlowText.parse(flow(bare, from)).flatMap(ConfigFile::deployment);
        }
        List<Line> block = new ArrayList<>();
        if (!bare.isEmpty()) {
            block.add(new Line(dash + 1 + first.length() - bare.length(), bare));
        }
        block.addAll(lines.subList(from + 1, end));
        if (block.isEmpty()) {
            return Optional.empty();
        }
        return new ConfigFile(block).deployment(block.get(0).indent());
    }

    /** Of a block mapping whose keys stand at this indent. */
    private Optional<Deployment> deployment(int indent) {
        String name = "";
        String model = "";
        String base = "";
        for (int at = 0; at < lines.size(); at++) {
            Entry entry = entry(lines.get(at).text());
            if (lines.get(at).indent() != indent) {
                continue;
            }
            if (entry.key().equals("model_name")) {
                name = scalar(entry.value());
            } else if (entry.key().equals("litellm_params") && entry.value().startsWith("{")) {
                Object parameters = FlowText.parse(flow(entry.value(), at)).orElse("");
                model = text(parameters, "model");
                base = text(parameters, "api_base");
            } else if (entry.key().equals("litellm_params")) {
                model = nested(at, indent, "model");
                base = nested(at, indent, "api_base");
            }
        }
        return Deployment.of(name, model, base);
    }

    /** The value of a key right below the line at {@code from}. */
    private String nested(int from, int indent, String key) {
        int inner = from + 1 < lines.size() ? lines.get(from + 1).indent() : indent;
        for (int at = from + 1; at < lines.size() && lines.get(at).indent() > indent; at++) {
            Entry entry = entry(lines.get(at).text());
            if (lines.get(at).indent() == inner && entry.key().equals(key)) {
                return scalar(entry.value());
            }
        }
        return "";
    }

    /** A flow value that may go on over the next lines. */
    private String flow(String first, int line) {
        StringBuilder all = new StringBuilder(first);
        for (int at = line + 1; at < lines.size(); at++) {
            all.append('\n').append(lines.get(at).text());
        }
        return all.toString();
    }

    private static Entry entry(String text) {
        int colon = text.startsWith("\"") || text.startsWith("'")
                ? text.indexOf(':', Math.max(0, text.indexOf(text.charAt(0), 1)))
                : text.indexOf(':');
        boolean ends = colon > 0 && (colon + 1 == text.length() || Character.isWhitespace(text.charAt(colon + 1)));
        return ends
                ? new Entry(
                        scalar(text.substring(0, colon).strip()),
                        text.substring(colon + 1).strip())
                : new Entry("", "");
    }

    private static String scalar(String value) {
        boolean quoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static List<Deployment> ofFlow(Object list) {
        List<Deployment> deployments = new ArrayList<>();
        if (list instanceof List<?> items) {
            items.stream().limit(MOST).forEach(item -> deployment(item).ifPresent(deployments::add));
        }
        return deployments;
    }

    private static Optional<Deployment> deployment(Object item) {
        Object parameters = field(item, "litellm_params");
        return Deployment.of(text(item, "model_name"), text(parameters, "model"), text(parameters, "api_base"));
    }

    private static Object field(Object value, String name) {
        return value instanceof Map<?, ?> mapping ? Objects.requireNonNullElse(mapping.get(name), "") : "";
    }

    private static String text(Object value, String name) {
        return field(value, name) instanceof String text ? text : "";
    }
}
