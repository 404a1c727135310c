// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes secrets out of command lines, environment values and URLs before they enter the model. */
public final class Redaction {
    /** What stands for a secret. */
    public static final String HIDDEN = "***";

    /** The most characters of one argument that are kept: the rest could hold anything, and no option needs more. */
    private static final int MOST_CHARACTERS = 16_384;

    private static final Pattern KNOWN_SHAPE = Pattern.compile("(?<![A-Za-z0-9])("
            + "hf_[A-Za-z0-9]{3,}|sk-[A-Za-z0-9_-]{3,}|gsk_[A-Za-z0-9]{6,}|gh[pousr]_[A-Za-z0-9]{6,}|github_pat_[A-Za-z0-9_]{6,}"
            + "|glpat-[A-Za-z0-9_-]{6,}|xox[a-z]-[A-Za-z0-9-]{6,}|nvapi-[A-Za-z0-9_-]{6,}|AKIA[A-Z0-9]{12,}|AIza[A-Za-z0-9_-]{20,}"
            + "|eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_.-]+)");
    private static final Pattern SCHEME_AND_VALUE = Pattern.compile("(?i)\\b(bearer|basic)(\\s+|%20)[^\\s\"',;}&]+");
    private static final Pattern AUTHORIZATION =
            Pattern.compile("(?i)((?:proxy-)?authorization[\"']?\\s*[:=]\\s*[\"']?)[^\"'\\n]+");
    private static final Pattern USER_INFO = Pattern.compile("(://)[^/\\s\"'?#]*@");
    private static final Pattern BARE_USER_INFO =
            Pattern.compile("(?<![\\w./:@-])[\\w.+-]{1,64}:[^\\s:@/\"',]{1,256}@(?!sha256:)(?=[A-Za-z0-9\\[])");

    /** A name and {@code :} or {@code =}: in JSON, in a query, in a shell's text. */
    private static final Pattern ASSIGNED =
            Pattern.compile("(?<![\\w.-])(-{0,2}[A-Za-z_][\\w.-]{0,80})\\\\?[\"']?\\s{0,4}[:=]\\s{0,4}");

    /** An option before its value inside one text, such as the argument of {@code sh -c}. */
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])(--?[A-Za-z][\\w.-]{0,80})\\s{1,4}");

    private static final Pattern VALUE =
            Pattern.compile("\\\\\"[^\"]*\"?|\"[^\"]*\"?|'[^']*'?|\\[[^\\]]*\\]?|[^\\s\"',;{}&]+");

    private Redaction() {}

    /** An argument vector with every secret replaced, as many elements as before. */
    public static List<String> arguments(List<String> argv) {
        List<String> kept = new ArrayList<>(argv.size());
        boolean first = false;
        boolean further = false;
        for (String argument : argv) {
            boolean option = argument.startsWith("-") && argument.length() > 1;
            boolean hide = first ? !argument.startsWith("--") : further && !option;
            first = false;
            if (hide) {
                kept.add(HIDDEN);
                further = true;
                continue;
            }
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            boolean secret = isName(name) && SecretNames.matches(name);
            first = option && secret && equals < 0;
            further = first;
            kept.add(secret && equals >= 0 ? name + "=" + HIDDEN : text(argument));
        }
        return List.copyOf(kept);
    }

    /** The value of a setting: hidden where its name says that it is a secret. */
    public static String setting(String name, String value) {
        return SecretNames.matches(name) ? HIDDEN : text(value);
    }

    /** A text with everything that has the shape of a secret replaced. */
    public static String text(String text) {
        String redacted = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
        redacted = USER_INFO.matcher(redacted).replaceAll("$1" + HIDDEN + "@");
        redacted = BARE_USER_INFO.matcher(redacted).replaceAll(HIDDEN + "@");
        redacted = AUTHORIZATION.matcher(redacted).replaceAll("$1" + HIDDEN);
        redacted = SCHEME_AND_VALUE.matcher(redacted).replaceAll("$1$2" + HIDDEN);
        redacted = KNOWN_SHAPE.matcher(redacted).replaceAll(HIDDEN);
        return hideValues(ASSIGNED, hideValues(OPTION, redacted));
    }

    /** Hides what follows the name of a secret; the quotes around a value stay, so that JSON stays JSON. */
    private static String hideValues(Pattern names, String text) {
        Matcher name = names.matcher(text);
        StringBuilder kept = new StringBuilder(text.length());
        int copied = 0;
        int from = 0;
        while (from < text.length() && name.find(from)) {
            from = name.end();
            Matcher value = VALUE.matcher(text).region(from, text.length());
            if (SecretNames.matches(name.group(1)) && value.lookingAt()) {
                String quote = quoteOf(value.group());
                kept.append(text, copied, from).append(quote).append(HIDDEN).append(quote);
                copied = value.end();
                from = copied;
            }
        }
        return kept.append(text, copied, text.length()).toString();
    }

    private static String quoteOf(String value) {
        return switch (value.charAt(0)) {
            case '"', '[' -> "\"";
            case '\'' -> "'";
            case '\\' -> "\\\"";
            default -> "";
        };
    }

    private static boolean isName(String text) {
        return text.length() <= 80 && text.matches("-{0,2}[A-Za-z_][\\w.-]*");
    }
}
