// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static dev.llmtop.itest.Container.engine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineProcess;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.HostileServer;
import dev.llmtop.testkit.HostileServers;
import dev.llmtop.testkit.Hostility;
import dev.llmtop.testkit.ReceivedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets planted around the program: none comes out, and none goes to a stranger. */
class SecretsTest {
    private static final String OWN_KEY = "sk-own-4f1e77a90b";
    private static final String ARGV_KEY = "sk-argv-9c2d51e08f";
    private static final String ENGINE_TOKEN = "hf_EngineEnvironment77";
    private static final String OWN_TOKEN = "hf_OwnEnvironment88";
    private static final String ANSWERED = "sk-answered-1b3c5d7e";
    private static final List<String> ALL = List.of(OWN_KEY, ARGV_KEY, ENGINE_TOKEN, OWN_TOKEN, ANSWERED);

    @TempDir
    Path folder;

    private Program program;

    @BeforeEach
    void prepare() throws IOException {
        program = new Program(Files.createDirectories(folder.resolve("run")))
                .with("LLMTOP_API_KEY", OWN_KEY)
                .with("HF_TOKEN", OWN_TOKEN);
    }

    @Test
    void noPlantedSecretIsPrintedLoggedOrKept() throws Exception {
        CannedAnswer chatty = CannedAnswer.of(
                        200,
                        "application/json",
                        "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"object\":\"model\",\"owned_by\":\"x\",\"note\":\""
                                + ANSWERED + "\"}]}")
                .header("X-Debug", ANSWERED);
        try (EngineProcess vllm = EngineProcess.vllm(
                        Files.createDirectories(folder.resolve("engine")),
                        "tiny-model",
                        100,
                        0,
                        List.of("--api-key", ARGV_KEY),
                        Map.of("HF_TOKEN", ENGINE_TOKEN));
                EngineServer talker = EngineServer.start().answer("/v1/models", chatty)) {
            StringBuilder said = new StringBuilder();
            for (String mode : List.of("--json", "--once")) {
                Program.Result result = program.run(mode, "--debug", "--port", Integer.toString(talker.port()));
                said.append(result.out()).append(result.err());
                assertThat(result.code()).isZero();
            }
            JsonNode row =
                    engine(new ObjectMapper().readTree(program.run("--json").out()), vllm.id());

            assertThat(row.path("kind").asText()).isEqualTo("vllm");
            assertThat(row.path("process").path("command").asText()).contains("--api-key ***");
            assertThat(said).doesNotContain(ALL);
            assertThat(kept())
                    .isNotEmpty()
                    .allSatisfy(file ->
                            assertThat(secretsIn(file)).as(file.toString()).isEmpty());
        }
    }

    /** Files that the program left in its home: log, cache and all. */
    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.walk(program.home())) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static List<String> secretsIn(Path file) {
        try {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return ALL.stream().filter(content::contains).toList();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Test
    void aStrangerNeverSeesAKey() throws Exception {
        try (HostileServers strangers = HostileServers.startAll(one -> one == Hostility.UNAUTHORIZED
                || one == Hostility.REDIRECT
                || one == Hostility.STATUS_OK
                || one == Hostility.HTML_EVERYWHERE)) {
            String[] ports = strangers.all().stream()
                    .flatMap(server -> Stream.of("--port", Integer.toString(server.port())))
                    .toArray(String[]::new);
            String[] words =
                    Stream.concat(Stream.of("--json"), Stream.of(ports)).toArray(String[]::new);

            assertThat(program.run(words).code()).isZero();

            for (HostileServer stranger : strangers.all()) {
                assertThat(stranger.requests())
                        .as(stranger + " was asked")
                        .isNotEmpty()
                        .allSatisfy(SecretsTest::carriesNoKey);
            }
            assertThat(strangers
                            .get(Hostility.REDIRECT)
                            .stranger()
                            .orElseThrow()
                            .requests())
                    .as("a redirect is not followed")
                    .isEmpty();
        }
    }

    @Test
    void anEndpointThatTheUserNamesGetsTheKeyOnceItAsksForOne() throws Exception {
        try (HostileServer named = HostileServers.start(Hostility.UNAUTHORIZED);
                HostileServer open = HostileServers.start(Hostility.STATUS_OK)) {
            program.run(
                    "--json",
                    "--endpoint",
                    named.endpoint().url(),
                    "--endpoint",
                    open.endpoint().url());

            assertThat(named.requests().get(0).header("authorization"))
                    .as("never in a first probe")
                    .isEmpty();
            assertThat(named.requests())
                    .anyMatch(request ->
                            request.header("authorization").orElse("").equals("Bearer " + OWN_KEY));
            assertThat(open.requests()).isNotEmpty().allSatisfy(SecretsTest::carriesNoKey);
        }
    }

    private static void carriesNoKey(ReceivedRequest request) {
        assertThat(request.header("authorization")).isEmpty();
        assertThat(request.head()).doesNotContain(OWN_KEY);
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.header("user-agent").orElse("")).startsWith("llmtop/");
    }

    @Test
    void anEngineOfThisMachineThatItsProcessNamesGetsTheKeyThatOpensIt() throws Exception {
        try (EngineProcess vllm = EngineProcess.vllm(
                Files.createDirectories(folder.resolve("keyed")),
                "keyed-model",
                100,
                0,
                List.of("--api-key", OWN_KEY),
                Map.of())) {
            JsonNode open =
                    engine(new ObjectMapper().readTree(program.run("--json").out()), vllm.id());
            JsonNode closed = engine(
                    new ObjectMapper()
                            .readTree(program.with("LLMTOP_API_KEY", null)
                                    .run("--json")
                                    .out()),
                    vllm.id());

            assertThat(open.path("models").path(0).path("id").asText()).isEqualTo("keyed-model");
            assertThat(closed.path("kind").asText()).isEqualTo("vllm");
            assertThat(closed.path("unavailable").toString()).contains("needs-key");
        }
    }
}
