// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineProcess;
import dev.llmtop.testkit.EngineServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose every answer attacks the reader: nothing that acts on a terminal, and no number that is none, comes out. */
class HostileTextTest {
    /** Terminal title and colour, C1 control, text turned round, marks without width, NUL, newline. */
    private static final String EVIL = "\\u001b]0;owned\\u0007\\u001b[31m\\u009b31m\\u202e\\u2066\\u200b\\u0000\\r\\n";

    private static final String LONG = "L".repeat(5_000);

    private static final List<String> VALUES = List.of(
            "\"" + EVIL + "\"",
            "\"" + LONG + "\"",
            "\"\\ud800\"",
            "1e400",
            "-1e400",
            "NaN",
            "[[[[1]]]]",
            "{\"a\":{\"b\":null}}",
            "true",
            "null",
            "-1",
            "9223372036854775808",
            "\"\"");

    @TempDir
    Path folder;

    @Test
    void nothingHostileComesOutOfAnyField() throws Exception {
        List<EngineServer> servers = new ArrayList<>();
        try (EngineProcess process = EngineProcess.vllm(
                folder,
                "m",
                100,
                0,
                List.of("--served-model-name", "\u001b]0;argv\u0007\u202e" + LONG + "\n"),
                Map.of())) {
            List<String> words = new ArrayList<>(List.of("--no-gpu"));
            for (String value : VALUES) {
                servers.add(evil(value));
                // The same, but known for what it is: its adapter reads all the rest.
                servers.add(evilVllm(value));
            }
            servers.forEach(server -> words.addAll(List.of("--endpoint", "http://" + server.id())));
            Program.Result json = run(words, "--json");
            JsonNode snapshot = new SnapshotSchema().valid(json.out());
            assertThat(Container.engine(snapshot, process.id()).path("kind").asText())
                    .isEqualTo("vllm");
            assertThat(snapshot.path("engines"))
                    .filteredOn(row -> row.path("kind").asText().equals("vllm"))
                    .hasSizeGreaterThan(VALUES.size() / 2);
            // What comes out was cleaned, not lost on the way.
            assertThat(json.out()).contains("]0;owned", "]0;argv");
            check(snapshot);
            assertThat(json.out()).doesNotContain("Exception");

            Program.Result once = run(words, "--once");
            assertThat(once.out().codePoints()).noneMatch(HostileTextTest::acts);
            assertThat(once.out().lines()).allMatch(line -> line.length() <= 200);
            assertThat(once.out()).doesNotContain("Exception");
            assertThat(servers)
                    .allSatisfy(server -> assertThat(server.requests()).isNotEmpty());
        } finally {
            servers.forEach(EngineServer::close);
        }
    }

    private Program.Result run(List<String> words, String mode) throws Exception {
        List<String> all = new ArrayList<>(words);
        all.add(mode);
        Program.Result result = new Program(folder).run(all.toArray(new String[0]));
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        return result;
    }

    private static void check(JsonNode node) {
        if (node.isTextual()) {
            assertThat(node.asText().codePoints()).as(node.asText()).noneMatch(HostileTextTest::acts);
            assertThat(node.asText().length()).isLessThanOrEqualTo(1_000);
        } else if (node.isNumber()) {
            assertThat(node.asDouble()).isFinite();
        }
        node.fieldNames().forEachRemaining(name -> assertThat(name.codePoints()).noneMatch(HostileTextTest::acts));
        node.forEach(HostileTextTest::check);
    }

    /** Controls but the line's end, and what turns or hides text. */
    private static boolean acts(int point) {
        return point != '\n' && Character.getType(point) == Character.CONTROL
                || Character.getType(point) == Character.SURROGATE
                || Map.of(0x202e, 1, 0x2066, 1, 0x200b, 1, 0x2028, 1).containsKey(point);
    }

    /** Looks like vLLM, llama.cpp, Ollama, SGLang and TGI at once; all that these say is {@code value}. */
    private static EngineServer evil(String value) {
        String all =
                "{\"version\":V,\"object\":V,\"id\":V,\"build_info\":V,\"default_generation_settings\":{\"n_ctx\":V},"
                                .replace("V", value)
                        + "\"model_path\":V,\"model_id\":V,\"total_slots\":V,\"models\":[V,{\"name\":V,\"model\":V,\"size\":V}],"
                                .replace("V", value)
                        + ("\"data\":[V,{\"id\":V,\"object\":\"model\",\"owned_by\":\"vllm\",\"root\":V,\"parent\":V,"
                                        + "\"max_model_len\":V,\"meta\":V}]}")
                                .replace("V", value);
        EngineServer server = EngineServer.start();
        for (String path : List.of(
                "/health/liveliness",
                "/readiness",
                "/model_info",
                "/info",
                "/version",
                "/api/version",
                "/props",
                "/slots",
                "/v1/models",
                "/api/tags",
                "/api/ps",
                "/server_info",
                "/get_server_info",
                "/v1/loads")) {
            server.answer(path, CannedAnswer.json(all));
        }
        server.answer("/v1/models", CannedAnswer.json(all));
        return server.answer("/metrics", CannedAnswer.metrics(page(value)));
    }

    /** Known as vLLM by its version and its owner's name; what it lists and counts is {@code value}. */
    private static EngineServer evilVllm(String value) {
        return EngineServer.start()
                .answer("/version", CannedAnswer.json("{\"version\":\"0.11.0\"}"))
                .answer(
                        "/v1/models",
                        CannedAnswer.json(("{\"object\":\"list\",\"data\":[{\"id\":\"first\",\"object\":\"model\","
                                        + "\"owned_by\":\"vllm\",\"root\":\"/m\",\"parent\":null,\"max_model_len\":2048,"
                                        + "\"permission\":[]},{\"id\":V,\"owned_by\":\"vllm\",\"root\":V,\"parent\":V,"
                                        + "\"max_model_len\":V}]}")
                                .replace("V", value)))
                .answer("/metrics", CannedAnswer.metrics(page(value)));
    }

    private static String page(String value) {
        String raw = value.replace("\"", "")
                .replace("\\u001b", "\u001b")
                .replace("\\u202e", "\u202e")
                .replace("\\u0000", "\0");
        String label = raw.replace("\\", "\\\\").replace("\n", "\\n");
        StringBuilder page = new StringBuilder();
        for (String name : List.of(
                "vllm:num_requests_running",
                "vllm:num_requests_waiting",
                "vllm:kv_cache_usage_perc",
                "vllm:generation_tokens_total",
                "vllm:prompt_tokens_total",
                "sglang:num_running_reqs",
                "llamacpp:tokens_predicted_total",
                "tgi_queue_size")) {
            page.append("# TYPE ").append(name).append(" gauge\n");
            page.append(name)
                    .append("{model_name=\"")
                    .append(label)
                    .append("\",x=\"}{\\\"\\n\"} ")
                    .append(raw)
                    .append('\n');
            page.append(name).append("{model_name=\"b\"} NaN\n").append(name).append("{model_name=\"c\"} +Inf\n");
        }
        return page + "vllm:cache_config_info{block_size=\"" + label + "\",num_gpu_blocks=\"1e400\"} 1.0\n";
    }
}
