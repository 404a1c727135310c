// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.spi.Candidate;
import dev.llmtop.spi.Endpoint;
import dev.llmtop.spi.Member;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.CaseExpectation;
import dev.llmtop.testkit.CaseFolder;
import dev.llmtop.testkit.ClockedProbe;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import dev.llmtop.testkit.TestedAdapter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In steady state no engine sees more than two requests a second, whatever runs below it; and live rates stay live. */
class RequestsPerTickTest {
    private static final int PER_TICK = 2;
    private static final int SETTLING = 5;
    private static final int WATCHED = 60;
    private static final int IN_A_ROW = 12;

    private static final Map<String, ShippedAdapter> SHIPPED =
            ShippedAdapter.all().stream().collect(Collectors.toMap(ShippedAdapter::kind, Function.identity()));

    static Stream<EngineCase> engines() {
        return EngineCase.all().stream().filter(each -> SHIPPED.containsKey(each.hinted()));
    }

    private static TestedAdapter tested(String kind) {
        ShippedAdapter shipped = SHIPPED.get(kind);
        return new TestedAdapter(
                shipped.adapter(), kind, List.copyOf(shipped.descriptor().paths()));
    }

    private static void checkSteady(Ticks ticks) {
        ticks.pass(SETTLING);
        ticks.settled();
        ticks.pass(WATCHED);
        assertThat(ticks.most(WATCHED)).as("in %s", ticks).isLessThanOrEqualTo(WATCHED * PER_TICK);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void noEngineIsAskedMoreThanTwiceASecond(EngineCase each) {
        TestedAdapter tested = tested(each.hinted());
        try (EngineServer server = each.folder().start()) {
            List<String> argv = each.argv(server.port());
            Ticks ticks = new Ticks(
                    tested.adapter(),
                    tested.hinted(server.endpoint(), argv),
                    ClockedProbe.over(tested.probe(server, argv)),
                    List.of(server));
            checkSteady(ticks);
            assertThat(ticks.most(IN_A_ROW)).as("in a row of %s", ticks).isLessThanOrEqualTo(IN_A_ROW * PER_TICK);
        }
    }

    /** Several models are asked in one tick, so that their sum is of one moment, and then left alone for a few. */
    @ParameterizedTest
    @CsvSource({"1, true", "1, false", "2, true", "2, false", "3, true", "5, false"})
    void aRouterOfLlamaCppIsAskedNoMoreAndEachModelOften(int models, boolean childrenSeen) {
        TestedAdapter tested = tested("llamacpp");
        try (EngineServer server = router(models)) {
            List<Member> children = IntStream.range(0, childrenSeen ? models : 0)
                    .mapToObj(model -> new Member(
                            Endpoint.tcp("127.0.0.1", 40_000 + model),
                            TestedAdapter.launch(
                                    List.of("llama-server", "--model", "m.gguf", "--port", "" + (40_000 + model)),
                                    Map.of())))
                    .toList();
            List<String> argv = List.of("llama-server", "--port", "8080", "--models-dir", "/m", "--metrics");
            LocalProbe probe = tested.probe(server, argv).withMembers(children);
            checkSteady(new Ticks(
                    tested.adapter(),
                    tested.hinted(server.endpoint(), argv),
                    ClockedProbe.over(probe),
                    List.of(server)));
            for (int model = 0; model < models; model++) {
                String slots = "/slots?model=m" + model + "&autoload=false";
                assertThat(server.paths())
                        .filteredOn(slots::equals)
                        .as("a live rate of each model")
                        .hasSizeGreaterThan(WATCHED / (2 * models + 1));
            }
        }
    }

    private static EngineServer router(int models) {
        String list = IntStream.range(0, models)
                .mapToObj(model -> "{\"id\":\"m" + model
                        + "\",\"owned_by\":\"llamacpp\",\"status\":{\"value\":\"loaded\",\"args\":"
                        + "[\"llama-server\",\"--port\",\"" + (40_000 + model) + "\"]}}")
                .collect(Collectors.joining(","));
        return EngineServer.start()
                .answer(
                        "/props",
                        CannedAnswer.json("{\"role\":\"router\",\"max_instances\":4,\"models_autoload\":true,"
                                + "\"model_path\":\"none\",\"build_info\":\"b10600-abc\"}"))
                .answer("/v1/models", CannedAnswer.json("{\"object\":\"list\",\"data\":[" + list + "]}"))
                .answer("/slots", CannedAnswer.json("[{\"id\":0,\"n_ctx\":4096,\"is_processing\":false}]"))
                .answer(
                        "/metrics",
                        CannedAnswer.metrics("# TYPE llamacpp:tokens_predicted_total counter\n"
                                + "llamacpp:tokens_predicted_total 5\n# TYPE llamacpp:requests_processing gauge\n"
                                + "llamacpp:requests_processing 0\n"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void anOllamaWithItsRunnersIsAskedNoMoreAndEachRunnerOften(int runners) {
        ShippedAdapter shipped = SHIPPED.get("ollama");
        Path resources = Distribution.ROOT.resolve("bundles/adapter-ollama/src/test/resources");
        CaseFolder folder = CaseFolder.read(resources.resolve("cases/0.33.0-rc2-two-loaded"));
        TestedAdapter tested = tested("ollama");
        List<EngineServer> servers = new ArrayList<>();
        try {
            List<Member> members = new ArrayList<>();
            for (int runner = 0; runner < runners; runner++) {
                EngineServer started = EngineServer.replay(resources.resolve("runners/0.33.0-rc2-idle"));
                servers.add(started);
                List<String> argv = CaseExpectation.texts(folder.json("process.json")
                        .path("processes")
                        .path(Math.min(2, runner + 1))
                        .path("argv"));
                members.add(new Member(started.endpoint(), TestedAdapter.launch(argv, Map.of())));
            }
            EngineServer server = folder.start();
            servers.add(server);
            List<String> argv = folder.argv().orElseThrow();
            Candidate candidate = tested.hinted(server.endpoint(), argv);
            LocalProbe probe = tested.probe(server, argv)
                    .withMembers(members, shipped.descriptor().memberPaths().toArray(String[]::new));
            checkSteady(new Ticks(tested.adapter(), candidate, ClockedProbe.over(probe), servers));
            servers.subList(0, runners)
                    .forEach(runner -> assertThat(runner.requests())
                            .as("a live rate of each runner")
                            .hasSizeGreaterThan(WATCHED / (runners + 1)));
        } finally {
            servers.forEach(EngineServer::close);
        }
    }
}
