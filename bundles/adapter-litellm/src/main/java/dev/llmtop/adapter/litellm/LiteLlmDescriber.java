// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.litellm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.EngineSnapshot.RemoteBackend;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.ServedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a proxy serves: of its own list of deployments, else of its configuration file, else of its command line. Source:
 * BerriAI/litellm, proxy/proxy_server.py (model_list, model_info_v1), proxy/health_endpoints/_health_endpoints.py.
 */
final class LiteLlmDescriber {
    static final Get MODELS = Get.of("/v1/models").maxAge(Duration.ofSeconds(25));
    private static final Get INFO = Get.of("/model/info").maxAge(Duration.ofMinutes(1));
    private static final Get READINESS = Get.of("/health/readiness").maxAge(Duration.ofMinutes(1));
    private static final Get DETAILS = Get.of("/health/readiness/details").maxAge(Get.ONCE);
    private static final int MOST = 2_000;

    private final Engine engine;
    private final Probe probe;
    private final Description.Builder into = Description.builder().role(Role.ROUTER);

    private LiteLlmDescriber(Engine engine, Probe probe) {
        this.engine = engine;
        this.probe = probe;
    }

    static Description describe(Engine engine, Probe probe) {
        return new LiteLlmDescriber(engine, probe).description();
    }

    /** 401 and 403; a wrong key without a database is a 400 that says so. */
    static boolean isClosed(Answer answer) {
        String type = answer.json().path("error").path("type").asText();
        boolean refused = answer.status() == 400 && (type.equals("no_db_connection") || type.equals("auth_error"));
        return refused || answer.status() == 401 || answer.status() == 403;
    }

    static Reason reason(Answer answer) {
        return isClosed(answer) ? Reason.NEEDS_KEY : answer.reason();
    }

    private Description description() {
        engine.candidate()
                .launch()
                .ifPresent(launch -> launch.number("--num_workers").ifPresent(count -> into.config("workers", count)));
        if (!engine.candidate().listening()) {
            into.state(State.LOADING)
                    .version(Value.unavailable(Reason.LOADING, "it does not listen yet"))
                    .unavailable("models", Reason.LOADING, "it does not listen yet");
            deployments(configured(), Set.of(), configuration());
            return into.build();
        }
        version();
        Answer models = probe.get(MODELS);
        Set<String> listed = listed(models.okJson());
        Answer info = isClosed(models) ? models : probe.get(INFO);
        if (info.okJson().path("data").isArray()) {
            deployments(told(info.okJson()), listed, "its /model/info");
        } else {
            withoutList(info, models, listed);
        }
        if (isClosed(models)) {
            into.state(State.BLOCKED);
        }
        return into.build();
    }

    private void withoutList(Answer info, Answer models, Set<String> listed) {
        List<Deployment> known = configured();
        deployments(known, listed, configuration());
        if (known.isEmpty()) {
            into.unavailable(
                    "backends",
                    reason(info),
                    "/model/info: " + info.detail() + "; its --config: "
                            + probe.file("--config")
                                    .missing()
                                    .map(why -> why.detail())
                                    .orElse("no model_list that is read"));
            if (listed.isEmpty()) {
                into.unavailable("models", reason(models), "/v1/models: " + models.detail());
            }
        }
    }

    private void version() {
        Answer readiness = probe.get(READINESS);
        String version = readiness.json().path("litellm_version").asText();
        Answer details = version.isEmpty() && readiness.status() == 200 ? probe.get(DETAILS) : readiness;
        String known = details.json().path("litellm_version").asText();
        into.version(
                known.isEmpty()
                        ? Value.unavailable(
                                reason(details),
                                "the answer of /health/readiness names no version: " + details.detail())
                        : Value.of(known));
        String database = readiness.json().path("db").asText();
        if (!database.isEmpty()) {
            into.config("database", database);
        }
    }

    private static Set<String> listed(JsonNode models) {
        Set<String> ids = new LinkedHashSet<>();
        for (JsonNode model : models.path("data")) {
            if (ids.size() < MOST && !model.path("id").asText().isEmpty()) {
                ids.add(model.path("id").asText());
            }
        }
        return ids;
    }

    private static List<Deployment> told(JsonNode info) {
        List<Deployment> deployments = new ArrayList<>();
        for (JsonNode item : info.path("data")) {
            JsonNode parameters = item.path("litellm_params");
            if (deployments.size() < MOST) {
                Deployment.of(
                                item.path("model_name").asText(),
                                parameters.path("model").asText(),
                                parameters.path("api_base").asText())
                        .ifPresent(deployments::add);
            }
        }
        return deployments;
    }

    /** Of its configuration file, where this user may read it, and of its command line. */
    private List<Deployment> configured() {
        List<Deployment> known = new ArrayList<>();
        probe.file("--config")
                .known()
                .or(() -> probe.file("-c").known())
                .ifPresent(text -> known.addAll(ConfigFile.deployments(text)));
        engine.option("--model", "-m")
                .flatMap(model ->
                        Deployment.of("", model, engine.option("--api_base").orElse("")))
                .ifPresent(known::add);
        return known;
    }

    private String configuration() {
        boolean file = probe.file("--config").known().isPresent()
                || probe.file("-c").known().isPresent();
        return file ? "its --config" : "its command line";
    }

    /** @param source where they were read, for a person */
    private void deployments(List<Deployment> deployments, Set<String> listed, String source) {
        Set<String> names = new LinkedHashSet<>(listed);
        Set<RemoteBackend> remote = new LinkedHashSet<>();
        Set<String> urls = new LinkedHashSet<>();
        for (Deployment deployment : deployments) {
            names.add(deployment.name());
            urls.add(deployment.base());
            deployment.remoteHost().ifPresent(host -> remote.add(new RemoteBackend(host, deployment.model())));
        }
        // Behind an address of a network may stand this very machine: whoever knows its addresses decides.
        urls.stream().filter(url -> !url.isEmpty()).forEach(url -> into.backend(url, source));
        remote.forEach(backend -> into.remoteBackend(backend.host(), backend.model()));
        names.forEach(name -> into.model(ServedModel.of(name)
                .state(isRemote(deployments, name) ? ModelState.REMOTE : ModelState.AVAILABLE)
                .build()));
    }

    private static boolean isRemote(List<Deployment> deployments, String name) {
        List<Deployment> ofName = deployments.stream()
                .filter(deployment -> deployment.name().equals(name))
                .toList();
        return !ofName.isEmpty()
                && ofName.stream()
                        .allMatch(deployment -> deployment.remoteHost().isPresent());
    }
}
