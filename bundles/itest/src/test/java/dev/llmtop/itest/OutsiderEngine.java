// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.ReceivedRequest;
import java.util.List;
import java.util.Locale;

/** An engine that no adapter of the distribution knows: OpenAI's list of models, and figures on a path of its own. */
final class OutsiderEngine {
    private static final String MODELS =
            "{\"object\":\"list\",\"data\":[{\"id\":\"outside-model\",\"object\":\"model\",\"owned_by\":\"outsider\"}]}";
    private static final double TOKENS_PER_SECOND = 50;

    private OutsiderEngine() {}

    /** {@code serve NAME --port N}; prints each path that it is asked. */
    public static void main(String... arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[List.of(arguments).indexOf("--port") + 1]);
        long started = System.nanoTime();
        EngineServer.start("127.0.0.1", port)
                .computeOtherwise(request -> answer(request, (System.nanoTime() - started) / 1e9));
        Thread.currentThread().join();
    }

    private static CannedAnswer answer(ReceivedRequest request, double seconds) {
        System.out.println(request.method() + " " + request.path());
        return switch (request.path()) {
            case "/v1/models" -> CannedAnswer.json(MODELS);
            case "/outsider/status" ->
                CannedAnswer.json(
                        String.format(Locale.ROOT, "{\"busy\":2,\"tokens\":%.3f}", seconds * TOKENS_PER_SECOND));
            default -> CannedAnswer.of(404, "application/json", "{}");
        };
    }
}
