// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells names of secrets from names of other settings: {@code --api-key}, {@code HF_TOKEN}, {@code masterKey} are secrets,
 * {@code --max-tokens}, {@code --tokenizer}, {@code --key-cache-dtype}, {@code --ssl-key-file} are none.
 */
final class SecretNames {
    /** A name that ends so is a secret. */
    private static final Set<String> ALWAYS = Set.of(
            "apikey",
            "apikeys",
            "secret",
            "secrets",
            "password",
            "passwords",
            "passwd",
            "passphrase",
            "pwd",
            "credential",
            "credentials",
            "auth",
            "authorization",
            "bearer",
            "jwt");

    /** Where it stands before the end, the name is a secret still ({@code --api-key-prod}), unless it ends in a harmless word. */
    private static final Set<String> ANYWHERE = Set.of("apikey", "secret", "password", "passwd", "passphrase");

    private static final Set<String> HARMLESS_END = Set.of(
            "file",
            "path",
            "dir",
            "directory",
            "name",
            "id",
            "env",
            "var",
            "header",
            "type",
            "length",
            "required",
            "enabled",
            "policy");

    /** Before {@code token}: a token of text or of a vocabulary. */
    private static final Set<String> OF_TEXT = Set.of(
            "max",
            "num",
            "min",
            "total",
            "per",
            "bos",
            "eos",
            "pad",
            "unk",
            "sep",
            "cls",
            "mask",
            "stop",
            "image",
            "video",
            "audio",
            "special",
            "think",
            "reasoning",
            "start",
            "end",
            "begin",
            "draft",
            "new",
            "prefill",
            "decode",
            "prompt",
            "input",
            "output",
            "next",
            "chunk",
            "batch",
            "batched",
            "each",
            "by");

    /** Before {@code tokens}: tokens that open something. */
    private static final Set<String> OF_ACCESS =
            Set.of("api", "auth", "access", "bearer", "hf", "user", "refresh", "admin");

    private SecretNames() {}

    /** Whether a setting, an option (with its dashes) or an environment variable of this name holds a secret. */
    static boolean matches(String name) {
        List<String> words = words(name);
        if (words.isEmpty()) {
            return false;
        }
        String last = words.get(words.size() - 1);
        String before = words.size() > 1 ? words.get(words.size() - 2) : "";
        if (ALWAYS.contains(last)) {
            return !(before.equals("disable") || before.equals("no"));
        }
        return switch (last) {
            case "key", "keys" ->
                !Set.of("sort", "primary", "foreign", "shard", "public").contains(before);
            case "token" -> !OF_TEXT.contains(before);
            case "tokens" -> before.isEmpty() || OF_ACCESS.contains(before);
            default -> !HARMLESS_END.contains(last) && hasSecretInside(words);
        };
    }

    private static boolean hasSecretInside(List<String> words) {
        for (int at = 0; at < words.size(); at++) {
            boolean apiKey = words.get(at).equals("api")
                    && at + 1 < words.size()
                    && words.get(at + 1).startsWith("key");
            if (apiKey || ANYWHERE.contains(words.get(at))) {
                return true;
            }
        }
        return false;
    }

    /** Parted at {@code - _ .} and where a capital follows a small letter. */
    private static List<String> words(String name) {
        String parted = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        return Arrays.stream(parted.split("[-_.]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
