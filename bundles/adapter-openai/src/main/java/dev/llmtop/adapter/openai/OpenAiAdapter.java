// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.openai;

import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.State;
import dev.llmtop.model.Value;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.EngineAdapter;
import dev.llmtop.spi.EngineType;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Probe;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Stamp;
import dev.llmtop.spi.Streamed;
import dev.llmtop.spi.Strength;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Whatever lists its models as OpenAI does and is claimed by nobody else, and the only one that reports a closed door by itself. A
 * page of metrics is asked only of products that are known for a harmless one.
 */
@Component(name = "dev.llmtop.adapter.openai", service = EngineAdapter.class, property = "service.ranking:Integer=-900")
@EngineType(
        kind = "openai",
        title = "OpenAI-compatible",
        paths = {"/health/liveliness", "/openapi.json", "/version", "/v1/models", "/metrics", "/prometheus/metrics"})
public final class OpenAiAdapter implements EngineAdapter {
    /** LM Studio writes an error into its log for every path that is not its own. */
    private static final int LM_STUDIO = 1234;

    private static final Get LIVELINESS = Get.of("/health/liveliness").maxAge(Get.ONCE);
    private static final Get OPEN_API = Get.of("/openapi.json").maxAge(Get.ONCE);
    private static final Get VERSION = Get.of("/version").maxAge(Get.ONCE);
    private static final Get MODELS = Get.of("/v1/models").maxAge(Duration.ofSeconds(30));
    private static final String FINGERPRINT = "fingerprint";

    /** Stateless. */
    @Activate
    public OpenAiAdapter() {}

    @Override
    public Match detect(Candidate candidate, Probe probe) {
        Optional<Product> hinted = Product.hinted(candidate);
        if (hinted.equals(Optional.of(Product.LLAMA_CPP_PYTHON))) {
            return pythonByProcess(candidate);
        }
        if (!candidate.listening()) {
            return Match.none();
        }
        boolean ownPathsOnly = candidate.endpoint().port() == LM_STUDIO;
        Answer alive = ownPathsOnly ? notAsked() : probe.get(LIVELINESS);
        boolean liteLlm = alive.okJson().asText().equals("I'm alive!");
        if (!liteLlm && PythonServer.mayBe(alive) && PythonServer.describes(probe.get(OPEN_API))) {
            return Match.of(Strength.DISTINCTIVE)
                    .title(Product.LLAMA_CPP_PYTHON.title())
                    .because(FINGERPRINT, "GET /openapi.json is titled as llama-cpp-python's server")
                    .build();
        }
        Answer models = probe.get(MODELS);
        Optional<List<ModelCard>> cards = ModelCard.listed(models.okJson());
        if (cards.isPresent()) {
            Optional<Product> product = liteLlm
                    ? Optional.of(Product.LITELLM)
                    : Product.owning(cards.get()).or(() -> hinted);
            return named(Match.of(Strength.GENERIC), product)
                    .because(FINGERPRINT, lists(cards.get()))
                    .build();
        }
        if (models.status() == 200) {
            return Match.none();
        }
        Answer door = models.received().isPresent() ? models : alive;
        boolean versionOpen = !ownPathsOnly && isClosed(door) && tellsVersion(probe.get(VERSION));
        return ClosedDoor.of(door, versionOpen)
                .map(closed -> named(
                                Match.of(Strength.BLOCKED), closed.product().or(() -> hinted))
                        .state(State.BLOCKED)
                        .because(FINGERPRINT, "GET /v1/models: " + closed.says())
                        .build())
                .orElseGet(() -> liteLlm
                        ? named(Match.of(Strength.GENERIC), Optional.of(Product.LITELLM))
                                .because(FINGERPRINT, "GET /health/liveliness says that it is alive")
                                .build()
                        : Match.none());
    }

    /** Asks nothing: every path of {@code /v1} takes the lock of a model that may be streaming. */
    private static Match pythonByProcess(Candidate candidate) {
        return Match.of(Strength.HINTED)
                .title(Product.LLAMA_CPP_PYTHON.title())
                .state(candidate.listening() ? State.READY : State.LOADING)
                .because("process", "its command line is llama-cpp-python's server")
                .build();
    }

    private static String lists(List<ModelCard> cards) {
        String owner = cards.isEmpty() || cards.get(0).owner().isEmpty()
                ? ""
                : ", owned by " + cards.get(0).owner();
        return "GET /v1/models is an OpenAI-shaped list of " + cards.size() + owner;
    }

    private static Match.Builder named(Match.Builder match, Optional<Product> product) {
        product.map(Product::title).ifPresent(match::title);
        return match;
    }

    private static Answer notAsked() {
        return new Answer.Failed(Reason.NOT_SAFE, "not asked", Stamp.now());
    }

    private static boolean isClosed(Answer answer) {
        return answer.status() == 401 || answer.status() == 403;
    }

    private static boolean tellsVersion(Answer answer) {
        return answer.okJson().path("version").isTextual();
    }

    private static Optional<Product> product(Engine engine) {
        Optional<Product> hinted = Product.hinted(engine.candidate());
        return hinted.equals(Optional.of(Product.LLAMA_CPP_PYTHON))
                ? hinted
                : engine.match().title().flatMap(Product::titled).or(() -> hinted);
    }

    @Override
    public Description describe(Engine engine, Probe probe) {
        Optional<Product> product = product(engine);
        if (product.equals(Optional.of(Product.LLAMA_CPP_PYTHON))) {
            return PythonServer.describe(engine, probe, OPEN_API);
        }
        Description.Builder description = Description.builder()
                .role(product.map(Product::role).orElse(Role.ENGINE))
                .version(Value.unavailable(
                        Reason.NOT_EXPORTED, name(product) + " has no adapter of its own here, which would know it"));
        Answer answer = probe.get(MODELS);
        Optional<List<ModelCard>> cards = ModelCard.listed(answer.okJson());
        if (cards.isPresent()) {
            Cards.describe(cards.get(), product, description);
            return description.state(State.READY).build();
        }
        if (isClosed(answer)) {
            description.state(State.BLOCKED);
        }
        return description
                .unavailable("models", answer.reason(), "/v1/models: " + answer.detail())
                .build();
    }

    @Override
    public Reading metrics(Engine engine, Probe probe) {
        Optional<Product> product = product(engine);
        Optional<Page> page = product.flatMap(Product::page);
        if (page.isEmpty() || !engine.candidate().listening()) {
            return without(engine, product);
        }
        Streamed<SeriesPage> answer = judged(
                probe.stream(Get.of(page.get().path()), page.get().table().reader()), page.get());
        Reading.Builder reading = page.get().table().reading(page.get().path(), answer);
        Value.Unavailable<?> silent = answer.value()
                .missing()
                .<Value.Unavailable<?>>map(why -> why)
                .orElseGet(() -> new Value.Unavailable<>(
                        Reason.NOT_EXPORTED,
                        name(product) + " tells it nowhere that is read here; an adapter of its own may know more"));
        for (Metric metric : Metric.values()) {
            if (metric != Metric.TOKENS_PER_JOULE && !reading.has(metric)) {
                reading.unavailable(metric, silent.reason(), silent.detail());
            }
        }
        if (silent.reason() == Reason.NEEDS_KEY) {
            reading.state(State.BLOCKED);
        }
        return reading.build();
    }

    /** A page that is not there has a switch; series of other servers are theirs, and would be counted twice. */
    private static Streamed<SeriesPage> judged(Streamed<SeriesPage> answer, Page page) {
        if (answer.status() == 404) {
            return because(answer, Reason.DISABLED, page.path() + " is not there: " + page.whatHelps());
        }
        boolean router = answer.value()
                .known()
                .filter(known -> !known.values("server").isEmpty())
                .isPresent();
        return router ? because(answer, Reason.NOT_EXPORTED, "its series are those of the servers behind it") : answer;
    }

    private static Streamed<SeriesPage> because(Streamed<SeriesPage> answer, Reason reason, String detail) {
        return new Streamed<>(answer.status(), Value.unavailable(reason, detail), answer.cut(), answer.stamp());
    }

    private static Reading without(Engine engine, Optional<Product> product) {
        Reading.Builder reading = Reading.builder(Stamp.now());
        boolean listed =
                engine.description().filter(known -> !known.models().isEmpty()).isPresent();
        boolean blocked = engine.match().state() == State.BLOCKED && !listed;
        Reason reason = blocked
                ? Reason.NEEDS_KEY
                : engine.candidate().listening()
                        ? product.map(Product::reason).orElse(Reason.NOT_SAFE)
                        : Reason.LOADING;
        String detail = blocked
                ? "it wants a key: --endpoint " + engine.candidate().endpoint().url() + " with LLMTOP_API_KEY sends one"
                : engine.candidate().listening()
                        ? product.map(known -> known.title() + ": " + known.why())
                                .orElse("/metrics is not asked of a server that nobody knows: some run or drain"
                                        + " something there")
                        : "it does not listen yet";
        for (Metric metric : Metric.values()) {
            if (metric != Metric.TOKENS_PER_JOULE) {
                reading.unavailable(metric, reason, detail);
            }
        }
        return reading.build();
    }

    private static String name(Optional<Product> product) {
        return product.map(Product::title).orElse("this server");
    }
}
