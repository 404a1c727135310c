// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Takes secrets out of command lines, environment values and URLs before they enter the model. */
public final class Redaction {
    /** What stands for a secret. */
    public static final String HIDDEN = "***";

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(^|[-_.])(api[-_]?keys?|keys?|tokens?|secrets?|passwords?|passwd|pwd|credentials?|auth|authorization|bearer)($|[-_.])",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern HARMLESS_NAME = Pattern.compile(
            "(max|num|total|min|batched|new|keep|predict|draft|speculative|chunk)[-_.]?.*tokens?|.*tokens?[-_.](per|limit|count|budget).*"
                    + "|.*[-_](path|file|dir)$|tokenizer.*|.*key[-_]?(cache|dtype).*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern KNOWN_SHAPE = Pattern.compile(
            "\\b(hf_[A-Za-z0-9]{6,}|sk-[A-Za-z0-9_-]{6,}|gsk_[A-Za-z0-9]{6,}|ghp_[A-Za-z0-9]{6,}|xox[a-z]-[A-Za-z0-9-]{6,}|nvapi-[A-Za-z0-9_-]{6,})");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[^\\s\"',}]+");
    private static final Pattern USER_INFO = Pattern.compile("(://)[^/@\\s\"']+@");
    private static final Pattern ASSIGNMENT = Pattern.compile(
            "(?i)(\"?[\\w.-]*(?:api[-_]?key|token|secret|password|passwd)\"?\\s*[:=]\\s*\"?)([^\\s\",}&;]+)");

    private Redaction() {}

    /** An argument vector with every secret replaced; as many elements as before, but for values of options that take several. */
    public static List<String> arguments(List<String> argv) {
        List<String> kept = new ArrayList<>(argv.size());
        boolean hiding = false;
        for (String argument : argv) {
            boolean option = argument.startsWith("-") && argument.length() > 1;
            if (hiding && !option) {
                kept.add(HIDDEN);
                continue;
            }
            hiding = false;
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (option && isSecretName(strip(name))) {
                kept.add(equals < 0 ? argument : name + "=" + HIDDEN);
                hiding = equals < 0;
            } else if (!option && equals > 0 && isSecretName(name)) {
                kept.add(name + "=" + HIDDEN);
            } else {
                kept.add(text(argument));
            }
        }
        return List.copyOf(kept);
    }

    /** The value of a setting: hidden where its name says that it is a secret. */
    public static String setting(String name, String value) {
        return isSecretName(name) ? HIDDEN : text(value);
    }

    /** A text with everything that has the shape of a secret replaced. */
    public static String text(String text) {
        String redacted = USER_INFO.matcher(text).replaceAll("$1" + HIDDEN + "@");
        redacted = BEARER.matcher(redacted).replaceAll("$1 " + HIDDEN);
        redacted = KNOWN_SHAPE.matcher(redacted).replaceAll(HIDDEN);
        return harmless(text) ? redacted : ASSIGNMENT.matcher(redacted).replaceAll("$1" + HIDDEN);
    }

    private static boolean harmless(String text) {
        return HARMLESS_NAME.matcher(strip(text.split("=", 2)[0])).matches();
    }

    private static boolean isSecretName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SECRET_NAME.matcher(lower).find()
                && !HARMLESS_NAME.matcher(lower).matches();
    }

    private static String strip(String option) {
        int at = 0;
        while (at < option.length() && option.charAt(at) == '-') {
            at++;
        }
        return option.substring(at);
    }
}
