// SPDX-License-Identifier: MIT
package dev.llmtop.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Streamed;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.CaseFolder;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.LocalProbe;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseWriterTest {
    private static final String[] PATHS = {"/info", "/metrics"};
    private static final String INFO = "{\"server\":\"acme\",\"home\":\"/home/anna/m\",\"token\":\"hf_secretsecret\"}";

    @TempDir
    private Path directory;

    private Path folder;
    private CaseWriter writer;

    @BeforeEach
    void prepare() {
        folder = directory.resolve("deep/case");
        writer = new CaseWriter(folder, new Anonymizer(List.of("gpubox17")));
    }

    private static String page(ListeningProbe listening) {
        Streamed<String> page =
                listening.stream(Get.of("/metrics"), body -> new String(body.readAllBytes(), StandardCharsets.UTF_8));
        return page.value().known().orElseThrow();
    }

    @Test
    void whatAnAdapterHeardIsReplayedByTheTestkitWithoutItsSecrets() throws Exception {
        try (EngineServer server = EngineServer.start()) {
            server.answer(
                            "/info",
                            CannedAnswer.json(INFO)
                                    .header("X-Engine", "acme on gpubox17")
                                    .header("Set-Cookie", "s=1"))
                    .answer("/metrics", CannedAnswer.metrics("tokens 1\n"))
                    .answer("/metrics", CannedAnswer.metrics("tokens 2\n"));
            LocalProbe probe = LocalProbe.to(server, PATHS);
            ListeningProbe listening = new ListeningProbe(probe);
            listening.get(Get.of("/info"));
            assertThat(page(listening)).isEqualTo("tokens 1\n");
            assertThat(page(listening)).isEqualTo("tokens 2\n");

            List<String> lines = writer.write(
                    Map.of("engine", "acme"), List.of("acme-server", "--model", "/home/anna/m"), listening.heard());

            assertThat(lines).hasSize(3);
            assertThat(lines.get(0)).startsWith("GET /info: 200, ").endsWith("made anonymous");
        }
        String all = Files.readString(folder.resolve("index.json")) + Files.readString(folder.resolve("info.json"));
        assertThat(all).doesNotContain("anna", "hf_secret", "gpubox17", "Set-Cookie", "set-cookie");
        assertThat(CaseFolder.read(folder).argv()).contains(List.of("acme-server", "--model", "/home/user/m"));
        try (EngineServer replayed = CaseFolder.read(folder).start()) {
            LocalProbe probe = LocalProbe.to(replayed, PATHS);
            Answer info = probe.get(Get.of("/info"));
            assertThat(info.okJson().path("server").asText()).isEqualTo("acme");
            assertThat(info.received().orElseThrow().header("x-engine")).contains("acme on host");
            ListeningProbe listening = new ListeningProbe(probe);
            assertThat(page(listening) + page(listening)).isEqualTo("tokens 1\ntokens 2\n");
        }
    }

    @Test
    void aFolderThatIsThereIsLeftAlone() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("mine.txt"), "kept");

        assertThatThrownBy(() -> writer.write(Map.of(), List.of(), List.of()))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(folder).isDirectoryContaining(file -> file.endsWith("mine.txt"));
        assertThat(folder.getParent().toFile().list()).containsExactly("case");
    }

    @Test
    void pathsOfAnyFormGetFilesWithinTheFolder() throws Exception {
        JsonNode json = new ObjectMapper().readTree("{}");
        List<Exchange> heard = List.of(
                new Exchange("/../../etc/passwd", 200, Map.of(), "x", MissingNode.getInstance(), false),
                new Exchange("/", 200, Map.of(), "{}", json, false),
                new Exchange("/a/b?model=" + "m".repeat(300), 404, Map.of(), "", json, true));

        writer.write(Map.of(), List.of(), heard);

        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("index.json", "etc_passwd.txt", "root.json");
    }
}
