// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Declared paths, in which {@code {x}} stands for one percent-encoded value. */
final class PathTemplates {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[A-Za-z0-9_]+}");

    private final List<Pattern> patterns = new ArrayList<>();

    PathTemplates(Collection<String> templates) {
        templates.forEach(template -> patterns.add(pattern(template)));
    }

    private static Pattern pattern(String template) {
        StringBuilder regex = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(template);
        int from = 0;
        while (placeholder.find()) {
            regex.append(Pattern.quote(template.substring(from, placeholder.start())))
                    .append("[A-Za-z0-9._~*%-]*");
            from = placeholder.end();
        }
        return Pattern.compile(
                regex.append(Pattern.quote(template.substring(from))).toString());
    }

    boolean allow(String path) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(path).matches());
    }
}
