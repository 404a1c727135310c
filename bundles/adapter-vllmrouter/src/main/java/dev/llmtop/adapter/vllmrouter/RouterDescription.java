// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllmrouter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.ServedModel;
import dev.llmtop.spi.Streamed;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a router serves and who stands behind it. Sources: vllm-project/production-stack@a6c01db, src/vllm_router/routers/
 * main_router.py and metrics_router.py, parsers/parser.py.
 */
final class RouterDescription {
    static final String NOT_YET = "the router does not listen yet";

    private static final int MOST = 1_000;
    private static final Pattern URL = Pattern.compile("https?://[^\\s/@?#,]{1,255}");

    private final Engine engine;
    private final Description.Builder into = Description.builder().role(Role.ROUTER);

    RouterDescription(Engine engine) {
        this.engine = engine;
    }

    Description loading() {
        configured();
        urls(Set.of()).forEach(into::backend);
        return into.state(State.LOADING)
                .version(Value.unavailable(Reason.LOADING, NOT_YET))
                .unavailable("models", Reason.LOADING, NOT_YET)
                .build();
    }

    Description of(Answer version, Answer models, Answer engines, Streamed<SeriesPage> page) {
        configured();
        JsonNode told = version.okJson().path("version");
        into.version(
                told.isTextual()
                        ? Value.of(told.asText())
                        : Value.unavailable(version.reason(), "/version: " + version.detail()));
        models(models, engines.okJson());
        backends(page);
        return into.build();
    }

    private void configured() {
        engine.option("--routing-logic").ifPresent(logic -> into.config("routingLogic", logic));
        engine.option("--service-discovery").ifPresent(how -> into.config("serviceDiscovery", how));
    }

    /** What no engine of its own serves is passed on to a provider elsewhere. */
    private void models(Answer answer, JsonNode engines) {
        JsonNode list = answer.okJson().path("data");
        if (!list.isArray()) {
            into.unavailable("models", answer.reason(), "/v1/models: " + answer.detail());
            return;
        }
        Set<String> served = new LinkedHashSet<>();
        engines.forEach(each -> each.path("serving_models").forEach(id -> served.add(id.asText())));
        int kept = 0;
        for (JsonNode card : list) {
            String id = card.path("id").asText();
            if (!id.isEmpty() && kept++ < MOST) {
                into.model(model(id, card, served));
            }
        }
    }

    private static ServedModel model(String id, JsonNode card, Set<String> served) {
        boolean elsewhere = !served.isEmpty() && !served.contains(id) && !isAdapter(card, served);
        ServedModel.Builder model = ServedModel.of(id).state(elsewhere ? ModelState.REMOTE : ModelState.AVAILABLE);
        JsonNode length = card.path("max_model_len");
        if (length.isIntegralNumber() && length.asLong() > 0) {
            model.fact(Fact.CONTEXT_TOKENS, length.asLong());
        } else {
            model.unavailable(
                    Fact.CONTEXT_TOKENS, Reason.NOT_EXPORTED, "the router does not pass it on; its backends tell it");
        }
        return model.build();
    }

    private static boolean isAdapter(JsonNode card, Set<String> served) {
        return served.contains(card.path("parent").asText());
    }

    /** Its own list stands on its metrics page: a gauge for each backend. */
    private void backends(Streamed<SeriesPage> page) {
        Set<String> listed = page.value()
                .known()
                .map(known -> known.series(RouterMetrics.BACKENDS).stream()
                        .flatMap(sample -> sample.labels().value("server").stream())
                        .collect(java.util.stream.Collectors.toCollection(LinkedHashSet<String>::new)))
                .orElseGet(LinkedHashSet::new);
        Set<String> urls = urls(listed);
        urls.forEach(into::backend);
        if (urls.isEmpty()) {
            Reason reason =
                    page.value().missing().map(Value.Unavailable::reason).orElse(Reason.NO_SAMPLE_YET);
            String detail = page.value()
                    .missing()
                    .map(Value.Unavailable::detail)
                    .orElse("the router knows no backend yet: see its --service-discovery");
            into.unavailable("backends", reason, detail);
        }
    }

    private Set<String> urls(Set<String> listed) {
        Set<String> urls = new LinkedHashSet<>();
        listed.forEach(url -> add(url, urls));
        if (urls.isEmpty()) {
            engine.option("--static-backends").ifPresent(given -> {
                for (String url : given.split(",", MOST)) {
                    add(url, urls);
                }
            });
        }
        return urls;
    }

    private static void add(String url, Set<String> into) {
        String bare = url.strip().replaceFirst("/+$", "");
        if (URL.matcher(bare).matches() && into.size() < MOST) {
            into.add(bare);
        }
    }
}
