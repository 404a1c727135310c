// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Answer.Received;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a 401 or 403 is that of a server of models. Most are not: a password for a browser, a notebook, a dashboard.
 *
 * @param says one line for a person
 * @param product whose sentence it is, or whose header
 */
record ClosedDoor(String says, Optional<Product> product) {
    /** Exact sentences: theroyallab/tabbyAPI common/auth.py, abetlen/llama-cpp-python server/app.py, janhq/jan proxy.rs. */
    private static final Map<String, Product> SENTENCES = Map.of(
            "Please provide an API key", Product.TABBY,
            "Invalid API key", Product.LLAMA_CPP_PYTHON,
            "Missing authorization header", Product.JAN);

    /**
     * What an answer tells.
     *
     * @param versionOpen whether {@code /version} is open and tells one: servers that close only {@code /v1} answer a bare word
     */
    static Optional<ClosedDoor> of(Answer answer, boolean versionOpen) {
        Optional<Received> closed =
                answer.received().filter(received -> received.status() == 401 || received.status() == 403);
        if (closed.isEmpty() || isForBrowsers(closed.get())) {
            return Optional.empty();
        }
        Received door = closed.get();
        JsonNode error = door.json().path("error");
        Optional<Product> product = sentence(door).or(() -> byHeader(door));
        if (error.path("message").isTextual()) {
            return Optional.of(new ClosedDoor(door.status() + " with an OpenAI-style error", product));
        }
        if (product.isPresent()) {
            return Optional.of(new ClosedDoor(
                    door.status() + " in the words of " + product.get().title(), product));
        }
        if (challenges(door).stream().anyMatch(challenge -> challenge.startsWith("bearer"))) {
            return Optional.of(new ClosedDoor(door.status() + " that asks for a bearer's key", product));
        }
        return versionOpen && error.asText().equals("Unauthorized")
                ? Optional.of(new ClosedDoor(door.status() + " on /v1 alone; GET /version has version", product))
                : Optional.empty();
    }

    private static boolean isForBrowsers(Received door) {
        boolean page = door.header("content-type")
                .map(type -> type.toLowerCase(Locale.ROOT).contains("html"))
                .orElse(false);
        return page || challenges(door).stream().anyMatch(challenge -> challenge.startsWith("basic"));
    }

    private static List<String> challenges(Received door) {
        return door.headers().getOrDefault("www-authenticate", List.of()).stream()
                .map(challenge -> challenge.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Optional<Product> sentence(Received door) {
        JsonNode detail = door.json().path("detail");
        return Optional.ofNullable(
                SENTENCES.get(detail.isTextual() ? detail.asText() : door.body().strip()));
    }

    private static Optional<Product> byHeader(Received door) {
        return door.header("server").filter("llama.cpp"::equals).map(name -> Product.LLAMA_CPP);
    }
}
