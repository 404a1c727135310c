// SPDX-License-Identifier: MIT
package dev.llmtop.testkit;

import dev.llmtop.spi.Endpoint;
import java.util.List;

/**
 * A server that behaves as vLLM 0.11 does: {@code /version}, {@code /v1/models}, {@code /health} and a {@code /metrics} whose counters
 * grow at a known speed by the monotonic clock. Shapes: recordings of vLLM 0.11.0 and 0.32.0.
 */
public final class FakeVllm implements AutoCloseable {
    /** Property or environment variable of {@link #main}: generated tokens per second. */
    public static final String SPEED = "FAKE_VLLM_TOKENS_PER_SECOND";

    private final EngineServer server;
    private final VllmPage page;

    private FakeVllm(EngineServer server, VllmPage page) {
        this.server = server;
        this.page = page;
    }

    /** One on a free port of 127.0.0.1, without a key. */
    public static FakeVllm start(String model, double tokensPerSecond) {
        return start(model, tokensPerSecond, 0, "");
    }

    /**
     * One on 127.0.0.1.
     *
     * @param tokensPerSecond generated; prompt tokens are computed four times as fast, a request has 100 generated tokens
     * @param port 0 for a free one
     * @param key what opens {@code /v1}; empty for none
     */
    public static FakeVllm start(String model, double tokensPerSecond, int port, String key) {
        return start("127.0.0.1", model, tokensPerSecond, port, key);
    }

    private static FakeVllm start(String host, String model, double tokensPerSecond, int port, String key) {
        VllmPage page = new VllmPage(model, tokensPerSecond, System.nanoTime());
        EngineServer server = EngineServer.start(host, port)
                .answer("/version", CannedAnswer.json("{\"version\":\"0.11.0\"}"))
                .answer("/health", 200, "", "")
                .answer("/ping", 200, "", "")
                .answer("/load", CannedAnswer.json("{\"server_load\":0}"))
                .compute("/v1/models", request -> models(request, model, key))
                .compute("/metrics", unused -> CannedAnswer.metrics(page.text(System.nanoTime())));
        return new FakeVllm(server, page);
    }

    /**
     * A process of its own: {@code serve MODEL --port N [--host H] [--api-key K]}; {@link #SPEED} is 100 unless said; further options are ignored. Runs until it is
     * killed.
     */
    public static void main(String... arguments) throws InterruptedException {
        List<String> words = List.of(arguments);
        String speed = System.getProperty(SPEED, System.getenv().getOrDefault(SPEED, "100"));
        start(
                option(words, "--host", "127.0.0.1"),
                words.get(1),
                Double.parseDouble(speed),
                Integer.parseInt(option(words, "--port", "8000")),
                option(words, "--api-key", ""));
        Thread.currentThread().join();
    }

    /** The server below, with what was asked of it. */
    public EngineServer server() {
        return server;
    }

    /** Its port. */
    public int port() {
        return server.port();
    }

    /** Where it listens. */
    public Endpoint endpoint() {
        return server.endpoint();
    }

    /** Its canonical address. */
    public String id() {
        return server.id();
    }

    /** Tokens generated so far. */
    public long generatedTokens() {
        return page.generatedTokens(System.nanoTime());
    }

    @Override
    public void close() {
        server.close();
    }

    private static CannedAnswer models(ReceivedRequest request, String model, String key) {
        if (!key.isEmpty() && !request.header("authorization").orElse("").equals("Bearer " + key)) {
            return CannedAnswer.of(401, "application/json", "{\"error\":\"Unauthorized\"}");
        }
        String quoted = model.replace("\\", "\\\\").replace("\"", "\\\"");
        return CannedAnswer.json("{\"object\":\"list\",\"data\":[{\"id\":\"" + quoted
                + "\",\"object\":\"model\",\"created\":1795557759,\"owned_by\":\"vllm\",\"root\":\"/models/" + quoted
                + "\",\"parent\":null,\"max_model_len\":2048,\"permission\":[]}]}");
    }

    private static String option(List<String> words, String name, String otherwise) {
        int at = words.indexOf(name);
        return at < 0 || at + 1 == words.size() ? otherwise : words.get(at + 1);
    }
}
