// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.litellm;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One deployment: a public name and where its requests go. Only scheme, host and port of its URL are kept: user, path and query may
 * hold secrets.
 *
 * @param name as clients name it; several deployments of one name share its load
 * @param model as the backend names it, without the provider
 * @param provider such as {@code openai}, {@code hosted_vllm}; empty where it is not said
 * @param base URL of the backend; empty where the provider's own stands, or one that the environment of the proxy holds
 */
record Deployment(String name, String model, String provider, String base) {
    private static final int MOST_CHARACTERS = 1_000;
    private static final Pattern URL =
            Pattern.compile("(?i)(https?://)(?:[^/\\s@?#]*@)?(\\[[0-9a-f:.]+]|[\\w.-]{1,253})(:\\d{1,5})?(?:[/?#].*)?");

    /** Where providers that run on the proxy's own machine stand unless said otherwise: BerriAI/litellm, llms/ollama, llms/llamafile. */
    private static final Map<String, String> USUAL = Map.of(
            "ollama", "http://localhost:11434",
            "ollama_chat", "http://localhost:11434",
            "llamafile", "http://127.0.0.1:8080");

    /** Providers that are software of the user's: without a URL nobody knows where. */
    private static final Set<String> SELF_HOSTED = Set.of(
            "",
            "hosted_vllm",
            "vllm",
            "openai_like",
            "custom_openai",
            "lm_studio",
            "xinference",
            "triton",
            "oobabooga",
            "petals");

    /** Empty where there is neither a name nor a model. */
    static Optional<Deployment> of(String name, String model, String base) {
        int slash = model.indexOf('/');
        String provider = slash > 0 ? model.substring(0, slash) : "";
        String bare = model.substring(slash + 1);
        String shown = name.isEmpty() ? model : name;
        if (shown.isEmpty() || shown.length() > MOST_CHARACTERS || bare.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        String url = base(base).orElseGet(() -> base.isBlank() ? USUAL.getOrDefault(provider, "") : "");
        return Optional.of(new Deployment(shown, bare, provider, url));
    }

    private static Optional<String> base(String text) {
        Matcher url = URL.matcher(text.strip());
        return url.matches()
                ? Optional.of(url.group(1).toLowerCase(Locale.ROOT)
                        + url.group(2)
                        + (url.group(3) == null ? "" : url.group(3)))
                : Optional.empty();
    }

    /** Host, and port where it is said; of a provider without a URL its name; empty where nobody knows. */
    Optional<String> remoteHost() {
        if (!base.isEmpty()) {
            return Optional.of(base.substring(base.indexOf("://") + 3)).filter(host -> !isLoopback());
        }
        return SELF_HOSTED.contains(provider) ? Optional.empty() : Optional.of(provider);
    }

    /** Whether it can only be on this machine. */
    boolean isLoopback() {
        return base.matches("(?i)https?://(localhost|127(\\.\\d{1,3}){3}|0\\.0\\.0\\.0|\\[::1?])(:\\d+)?");
    }
}
