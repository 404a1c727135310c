// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.model.State;
import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Engine;
import dev.llmtop.spi.Launch;
import dev.llmtop.spi.Match;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import dev.llmtop.testkit.ReadingCoverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiAdapterTest {
    static final List<String> PATHS =
            List.of("/health/liveliness", "/openapi.json", "/version", "/v1/models", "/metrics", "/prometheus/metrics");
    private static final String ERROR =
            "{\"error\":{\"message\":\"Invalid API Key\",\"type\":\"authentication_error\"}}";
    private static final String JSON = "application/json";

    private final OpenAiAdapter adapter = new OpenAiAdapter();
    private final EngineServer server = EngineServer.start();

    @AfterEach
    void close() {
        server.assertOnly(PATHS);
        server.close();
    }

    static Set<Metric> silentGaps(Reading reading) {
        return ReadingCoverage.silentGaps(reading);
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private LocalProbe probe() {
        return LocalProbe.to(server.endpoint(), PATHS);
    }

    private Candidate candidate(String... hints) {
        return new Candidate(server.endpoint(), true, Optional.empty(), List.of(), Set.of(hints));
    }

    private Match detect(String... hints) {
        return adapter.detect(candidate(hints), probe());
    }

    private void cards(String cards) {
        server.replace("/v1/models", CannedAnswer.json("{\"object\":\"list\",\"data\":[" + cards + "]}"));
    }

    private Engine engine(String... hints) {
        return new Engine(server.id(), candidate(hints), detect(hints), Optional.empty());
    }

    private Reading read(String... hints) {
        Reading reading = adapter.metrics(engine(hints), probe());
        assertThat(silentGaps(reading)).isEmpty();
        return reading;
    }

    private static Reason reason(Reading reading) {
        return reading.figures().missing(Metric.RUNNING).orElseThrow().reason();
    }

    private static String detail(Reading reading) {
        return reading.figures().missing(Metric.RUNNING).orElseThrow().detail();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":\"m\",\"owned_by\":\"koboldcpp\"} | KoboldCpp",
                "{\"id\":\"m\",\"owned_by\":\"tabbyAPI\"} | TabbyAPI",
                "{\"id\":\"m\",\"owned_by\":\"user\",\"created\":0} | text-generation-webui",
                "{\"id\":\"m\",\"owned_by\":\"user\",\"created\":1} | Jan",
                "{\"id\":\"m\",\"owned_by\":\"llamafile\"} | llamafile",
                "{\"id\":\"m\",\"owned_by\":\"humanity\"} | GPT4All",
                "{\"id\":\"m\",\"owned_by\":\"lemonade\"} | Lemonade",
                "{\"id\":\"m\",\"owned_by\":\"docker\"} | Docker Model Runner",
                "{\"id\":\"m\",\"owned_by\":\"lmdeploy\"} | LMDeploy",
                "{\"id\":\"m\",\"owned_by\":\"OVMS\"} | OpenVINO Model Server",
                "{\"id\":\"m\",\"owned_by\":\"xinference\"} | Xinference",
                "{\"id\":\"m\",\"owned_by\":\"MLC-LLM\"} | MLC-LLM",
                "{\"id\":\"m\",\"owned_by\":\"vllm-mlx-batched\"} | vllm-mlx",
                "{\"id\":\"m\",\"owned_by\":\"sglang\"} | SGLang",
                "{\"id\":\"m\",\"owned_by\":\"llama-swap\"} | llama-swap",
                "{\"id\":\"m\",\"owned_by\":\"openai\",\"created\":1677610602} | LiteLLM",
                "{\"id\":\"m\",\"owned_by\":\"library\"} | Ollama"
            })
    void theOwnerOfTheModelsNamesTheProductAndThatIsGenericAllTheSame(String card, String title) {
        cards(card);
        assertThat(detect().strength()).isEqualTo(Strength.GENERIC);
        assertThat(detect().title()).contains(title);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"m\"}",
                "{\"id\":\"m\",\"owned_by\":\"somebody\"}",
                "{\"id\":\"m\",\"owned_by\":7}",
                "{\"id\":\"m\",\"owned_by\":\"vllm\"},{\"id\":\"n\",\"owned_by\":\"sglang\"}",
                ""
            })
    void anyOtherListIsOpenAiCompatibleAndItsMetricsAreNotAsked(String cards) {
        cards(cards);
        assertThat(detect().strength()).isEqualTo(Strength.GENERIC);
        assertThat(detect().title()).isEmpty();
        assertThat(reason(read())).isEqualTo(Reason.NOT_SAFE);
        assertThat(server.paths()).doesNotContain("/metrics", "/prometheus/metrics");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"object\":\"list\"}",
                "{\"object\":\"list\",\"data\":{}}",
                "{\"object\":\"list\",\"data\":[1]}",
                "{\"data\":[{\"id\":\"a\"}]}",
                "{\"status\":\"ok\"}",
                "[]",
                "null",
                "",
                "<html>"
            })
    void whatIsNoSuchListIsNotClaimed(String body) {
        server.otherwise(CannedAnswer.json(body));
        assertThat(detect().strength()).isEqualTo(Strength.NONE);
    }

    @Test
    void closedDoorsOfServersOfModelsAreBlocked() {
        for (CannedAnswer door : List.of(
                CannedAnswer.of(401, JSON, ERROR),
                CannedAnswer.of(403, JSON, ERROR),
                CannedAnswer.of(401, "text/plain", "no").header("WWW-Authenticate", "Bearer realm=\"api\""),
                CannedAnswer.of(401, JSON, "{\"detail\":\"Please provide an API key\"}"),
                CannedAnswer.of(401, "text/plain", "Missing authorization header"))) {
            server.replace("/v1/models", door);
            Match match = detect();
            assertThat(match.strength()).as(door.toString()).isEqualTo(Strength.BLOCKED);
            assertThat(match.state()).isEqualTo(State.BLOCKED);
        }
        assertThat(reason(read())).isEqualTo(Reason.NEEDS_KEY);
        assertThat(detail(read())).contains("LLMTOP_API_KEY");
        assertThat(adapter.describe(engine(), probe()).state()).contains(State.BLOCKED);
    }

    @Test
    void aServerThatClosesEverythingIsSeenByTheFirstDoorAloneAndAskedNoMore() {
        server.otherwise(CannedAnswer.of(401, JSON, ERROR).header("Server", "llama.cpp"));
        Match match = adapter.detect(candidate(), probe().sendingOnly("/health/liveliness"));
        assertThat(match.strength()).isEqualTo(Strength.BLOCKED);
        assertThat(match.title()).contains("llama.cpp");
        server.assertOnly("/health/liveliness");
    }

    @Test
    void aBareWordCountsOnlyBesideAnOpenVersion() {
        server.replace("/v1/models", CannedAnswer.of(401, JSON, "{\"error\":\"Unauthorized\"}"));
        assertThat(detect().strength()).isEqualTo(Strength.NONE);
        server.replace("/version", CannedAnswer.json("{\"version\":\"0.32.0\"}"));
        assertThat(detect().strength()).isEqualTo(Strength.BLOCKED);
    }

    @Test
    void closedDoorsOfOthersAreNobody() {
        for (CannedAnswer door : List.of(
                CannedAnswer.of(401, "text/html", "<h1>401</h1>").header("WWW-Authenticate", "Basic realm=\"x\""),
                CannedAnswer.of(401, JSON, ERROR).header("WWW-Authenticate", "Basic realm=\"x\""),
                CannedAnswer.of(401, "text/html", "<p>").header("WWW-Authenticate", "Bearer"),
                CannedAnswer.of(403, JSON, "{\"message\":\"Forbidden\",\"reason\":null}"),
                CannedAnswer.of(401, JSON, "{\"message\":\"Unauthorized\",\"messageId\":\"auth\"}"),
                CannedAnswer.of(401, JSON, "{\"error\":\"unauthorized access required\"}"),
                CannedAnswer.of(401, JSON, "{\"detail\":\"Not authenticated\"}"),
                CannedAnswer.of(403, "", ""),
                CannedAnswer.of(302, "text/html", "").header("Location", "/login"))) {
            server.otherwise(door);
            assertThat(detect().strength()).as(door.toString()).isEqualTo(Strength.NONE);
        }
    }

    @Test
    void aKeyThatOpensTheListEndsTheBlock() {
        server.replace("/v1/models", CannedAnswer.of(401, JSON, ERROR));
        Match blocked = detect();
        cards("{\"id\":\"m\"}");
        Engine opened = new Engine(server.id(), candidate(), blocked, Optional.empty());
        Description description = adapter.describe(opened, probe());
        assertThat(description.state()).contains(State.READY);
        Engine described = new Engine(server.id(), candidate(), blocked, Optional.of(description));
        assertThat(reason(adapter.metrics(described, probe()))).isEqualTo(Reason.NOT_SAFE);
    }

    @Test
    void llamaCppPythonIsKnownByItsProcessAndNothingIsAskedThatTakesItsLock() {
        Launch launch = new Launch(9, "llama_cpp.server", List.of("--model", "/m/x.gguf", "--n_ctx", "2048"), Map.of());
        Candidate hinted =
                new Candidate(server.endpoint(), true, Optional.of(launch), List.of(), Set.of("llamacpppython"));
        Match match = adapter.detect(hinted, probe());
        assertThat(match.strength()).isEqualTo(Strength.HINTED);
        assertThat(match.title()).contains("llama-cpp-python");
        Engine engine = new Engine(server.id(), hinted, match, Optional.empty());
        Description description = adapter.describe(engine, probe());
        assertThat(description.unavailable().get("models").reason()).isEqualTo(Reason.NOT_SAFE);
        assertThat(description.models()).hasSize(1);
        assertThat(detail(adapter.metrics(engine, probe()))).contains("llama-cpp-python");
        server.assertOnly("/openapi.json");
    }

    @Test
    void aLargeDescriptionIsRecognizedByItsBeginning() {
        server.otherwise(
                CannedAnswer.of(404, JSON, "{\"detail\":\"Not Found\"}").header("Server", "uvicorn"));
        server.answer("/openapi.json", 200, JSON, "{\"info\":{\"title\":\"\uD83E\uDD99 llama.cpp Python API\"");
        cards("{\"id\":\"m\",\"owned_by\":\"me\"}");
        assertThat(detect().strength()).isEqualTo(Strength.DISTINCTIVE);
        assertThat(server.paths()).doesNotContain("/v1/models");
    }

    @Test
    void liteLlmIsNotAskedToDescribeItself() {
        server.answer("/health/liveliness", CannedAnswer.json("\"I'm alive!\"").header("Server", "uvicorn"));
        cards("{\"id\":\"m\",\"owned_by\":\"openai\"}");
        assertThat(detect().title()).contains("LiteLLM");
        assertThat(adapter.describe(engine(), probe()).role()).isEqualTo(Role.ROUTER);
        assertThat(server.paths()).doesNotContain("/openapi.json");
    }

    @Test
    void whatDoesNotRunInUvicornIsNotAskedToDescribeItself() {
        cards("{\"id\":\"m\"}");
        detect();
        server.assertOnly("/health/liveliness", "/v1/models");
    }

    @Test
    void onLmStudiosPortOnlyItsOwnPathIsAsked() {
        Endpoint port = Endpoint.tcp("127.0.0.1", 1234);
        Candidate candidate = new Candidate(port, true, Optional.empty(), List.of(), Set.of());
        cards("{\"id\":\"m\",\"owned_by\":\"organization_owner\"}");
        assertThat(adapter.detect(candidate, probe()).title()).contains("LM Studio");
        server.assertOnly("/v1/models");
    }

    @Test
    void aProcessNamesTheProductWhereTheOwnerDoesNot() {
        cards("{\"id\":\"m\",\"owned_by\":\"m\",\"created\":0}");
        server.answer("/metrics", CannedAnswer.metrics("# TYPE tgi_queue_size gauge\ntgi_queue_size 4\n"));
        assertThat(detect("tgi").title()).contains("TGI");
        assertThat(read("tgi").figures().number(Metric.WAITING)).contains(4.0);
    }

    @Test
    void aPageThatIsOffNamesItsSwitch() {
        cards("{\"id\":\"m\",\"owned_by\":\"sglang\"}");
        assertThat(reason(read())).isEqualTo(Reason.DISABLED);
        assertThat(detail(read())).contains("--enable-metrics");
    }

    @Test
    void seriesOfServersBehindARouterAreNotItsOwn() {
        cards("{\"id\":\"m\",\"owned_by\":\"vllm\"}");
        server.answer("/metrics", CannedAnswer.metrics("vllm:num_requests_running{server=\"http://b:1\"} 5\n"));
        assertThat(reason(read())).isEqualTo(Reason.NOT_EXPORTED);
        assertThat(read().counts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"401,NEEDS_KEY", "503,LOADING", "500,UNREACHABLE"})
    void aPageThatFailsSaysWhyAndKnowsNothing(int status, Reason reason) {
        cards("{\"id\":\"m\",\"owned_by\":\"vllm\"}");
        server.answer("/metrics", CannedAnswer.of(status, "text/plain", ""));
        assertThat(reason(read())).isEqualTo(reason);
    }

    @Test
    void everyProductLeavesNoSilentGap() {
        for (Product product : Product.values()) {
            Engine engine = new Engine(
                    server.id(),
                    candidate(),
                    Match.of(Strength.GENERIC).title(product.title()).build(),
                    Optional.empty());
            Reading reading = adapter.metrics(engine, probe());
            assertThat(silentGaps(reading)).as(product.title()).isEmpty();
            assertThat(Product.titled(product.title())).contains(product);
        }
        assertThat(server.paths()).containsOnly("/metrics", "/prometheus/metrics");
    }

    @Test
    void contextsGoByManyNamesAndTextIsCleaned() {
        cards("{\"id\":\"a\\u202eb\",\"n_ctx\":7},{\"id\":\"c\",\"meta\":{\"n_ctx\":8}},"
                + "{\"id\":\"d\",\"max_model_len\":-1,\"context_length\":9},{\"id\":\"e\",\"context_length\":\"10\"}");
        Description description = adapter.describe(engine(), probe());
        assertThat(description.models()).extracting(model -> model.id()).containsExactly("ab", "c", "d", "e");
        assertThat(description.models())
                .extracting(model -> model.facts().values().toString())
                .containsExactly("[7]", "[8]", "[9]", "[]");
    }
}
