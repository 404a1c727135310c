// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.CaseFolder;
import dev.llmtop.testkit.EngineServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code llmtop record}, as a process. */
final class RecordProgramTest {
    @TempDir
    private Path folder;

    @Test
    void whatAnEngineAnswersItsAdapterIsACaseAfterwards() throws Exception {
        try (EngineServer engine = tgi();
                EngineServer other = tgi()) {
            Path made = folder.resolve("made/case");
            Program.Result result =
                    new Program(folder).run("record", "http://127.0.0.1:" + engine.port(), made.toString());

            assertThat(result.err()).isEmpty();
            assertThat(result.code()).isZero();
            assertThat(result.out())
                    .contains("is TGI (tgi)", "GET /info: 200", "GET /metrics: 200", "written to " + made);
            assertThat(engine.requests()).allMatch(request -> request.method().equals("GET"));
            assertThat(other.requests()).isEmpty();
            String index = Files.readString(made.resolve("index.json"));
            assertThat(index).contains("\"engine\" : \"tgi\"").doesNotContain("hf_abcdefgh");
            assertThat(Files.readString(made.resolve("info.json")))
                    .contains("3.3.7")
                    .doesNotContain("anna", "hf_abcdefgh");
            assertThat(CaseFolder.read(made).index().path("requests").size()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void aFolderThatIsThereAWrongUrlAndNobodyAreSaidInOneLine() throws Exception {
        Program program = new Program(folder);
        Program.Result there = program.run("record", "http://127.0.0.1:9", folder.toString());
        assertThat(there.code()).isEqualTo(2);
        assertThat(there.err()).contains("is there already").hasLineCount(1);
        Program.Result wrong =
                program.run("record", "127.0.0.1", folder.resolve("new").toString());
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).hasLineCount(1);
        Program.Result nobody = program.run(
                "record", "http://127.0.0.1:9", folder.resolve("new").toString());
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err()).contains("nothing at port 9").hasLineCount(1);
        assertThat(folder.resolve("new")).doesNotExist();
    }

    private static EngineServer tgi() {
        return EngineServer.start()
                .answer(
                        "/info",
                        CannedAnswer.json("{\"router\":\"text-generation-router\",\"model_id\":\"/home/anna/m\","
                                + "\"note\":\"hf_abcdefgh\",\"version\":\"3.3.7\",\"max_total_tokens\":2048}"))
                .answer("/metrics", CannedAnswer.metrics("# TYPE tgi_queue_size gauge\ntgi_queue_size 1\n"));
    }
}
