// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.ServedModel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The servers behind a gateway: of its {@code /workers}, else of its command line. Source: sgl-project/sglang, sgl-model-gateway,
 * src/core/worker_service.rs and bindings/python router_args.py.
 *
 * @param urls without secrets and without the rank that a rank-aware gateway appends
 * @param models the models that the workers name
 */
record GatewayWorkers(List<String> urls, List<String> models) {
    private static final int MOST = 1_000;
    private static final Pattern URL = Pattern.compile("(?:https?|grpc)://[^\\s/@?#]{1,255}");

    GatewayWorkers {
        urls = List.copyOf(urls);
        models = List.copyOf(models);
    }

    /** Of an answer of {@code /workers}. */
    static GatewayWorkers of(JsonNode answer) {
        Set<String> urls = new LinkedHashSet<>();
        Set<String> models = new LinkedHashSet<>();
        for (JsonNode worker : answer.path("workers")) {
            if (urls.size() < MOST) {
                url(worker.path("url").asText()).ifPresent(urls::add);
            }
            String model = worker.path("model_id").asText();
            if (!model.isEmpty() && !model.equals("unknown") && models.size() < MOST) {
                models.add(model);
            }
        }
        return new GatewayWorkers(List.copyOf(urls), List.copyOf(models));
    }

    /** Of a command line: {@code --worker-urls URL ...}, {@code --prefill URL [PORT]}, {@code --decode URL}. */
    static GatewayWorkers of(Launch launch) {
        Set<String> urls = new LinkedHashSet<>();
        boolean taking = false;
        for (String argument : launch.arguments()) {
            if (argument.startsWith("--")) {
                int equals = argument.indexOf('=');
                String name = (equals < 0 ? argument : argument.substring(0, equals)).replace('_', '-');
                taking = List.of("--worker-urls", "--prefill", "--decode").contains(name);
                if (taking && equals > 0) {
                    url(argument.substring(equals + 1)).ifPresent(urls::add);
                }
            } else if (taking && urls.size() < MOST) {
                url(argument).ifPresent(urls::add);
            }
        }
        return new GatewayWorkers(new ArrayList<>(urls), List.of());
    }

    private static Optional<String> url(String text) {
        // A rank-aware gateway names a rank of a worker URL@RANK.
        String bare = text.replaceFirst("@\\d{1,4}$", "").replaceFirst("/+$", "");
        return URL.matcher(bare).matches() ? Optional.of(bare) : Optional.empty();
    }

    /** Describes them; where the gateway does not tell its own list, that of its command line stands and says why. */
    static void describe(Answer answer, Optional<Launch> launch, Description.Builder into) {
        GatewayWorkers told = of(answer.okJson());
        if (answer.status() == 200 && answer.json().path("workers").isArray()) {
            told.urls().forEach(into::backend);
            told.models()
                    .forEach(model -> into.model(ServedModel.of(model)
                            .unavailable(
                                    Fact.CONTEXT_TOKENS,
                                    Reason.NOT_EXPORTED,
                                    "the gateway does not tell it; its workers do")
                            .build()));
            if (told.models().isEmpty()) {
                into.unavailable("models", Reason.NOT_EXPORTED, "no worker names its model in /workers");
            }
            return;
        }
        String detail = "/workers: " + answer.detail();
        launch.ifPresent(known -> of(known).urls().forEach(into::backend));
        into.unavailable("models", answer.reason(), detail).unavailable("backends", answer.reason(), detail);
    }
}
