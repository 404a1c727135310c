// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The little of llama-server that its adapter needs; shapes as recorded from b10434. */
final class FakeLlama {
    private FakeLlama() {}

    /** Runs until it is killed. */
    public static void main(String... arguments) throws InterruptedException {
        List<String> words = List.of(arguments);
        int port = Integer.parseInt(words.get(words.indexOf("--port") + 1));
        EngineServer server = EngineServer.start("127.0.0.1", port)
                .otherwise(json(
                        404, "{\"error\":{\"code\":404,\"message\":\"File Not Found\",\"type\":\"not_found_error\"}}"))
                .answer("/health", json(200, "{\"status\":\"ok\"}"))
                .answer(
                        "/props",
                        json(
                                200,
                                "{\"build_info\":\"b10434-abc\",\"total_slots\":1,\"model_path\":\"/m/took-over.gguf\","
                                        + "\"default_generation_settings\":{\"n_ctx\":2048},\"endpoint_slots\":false,"
                                        + "\"endpoint_metrics\":false,\"is_sleeping\":false}"))
                .answer(
                        "/v1/models",
                        json(
                                200,
                                "{\"object\":\"list\",\"data\":[{\"id\":\"took-over\",\"object\":\"model\",\"owned_by\":\"llamacpp\","
                                        + "\"meta\":{\"n_ctx\":2048}}],\"models\":[]}"));
        System.out.println(server.id());
        new CountDownLatch(1).await();
    }

    private static CannedAnswer json(int status, String body) {
        return CannedAnswer.of(status, "application/json", body).header("Server", "llama.cpp");
    }
}
