// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Get;
import dev.llmtop.spi.Probe;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * A runner and what it said last.
 *
 * @param answer of {@code /slots}, {@code /health} or {@code /v1/status}, as its kind has them
 */
record RunnerState(Runner runner, Answer answer) {
    static final String SLOTS = "/slots";
    static final String HEALTH = "/health";
    static final String MLX_STATUS = "/v1/status";

    /** Status of Ollama's own runners, llm/server.go: 0 ready, 1 no slot is free, 2 launched, 3 loading, 4 and 5 failed. */
    private static final int FREE = 0;

    private static final int BUSY = 1;
    private static final int LOADING = 3;

    static RunnerState ask(Runner runner, Probe probe, Duration maxAge) {
        String path = switch (runner.kind()) {
            case LLAMA_SERVER -> SLOTS;
            case LEGACY -> HEALTH;
            case MLX -> MLX_STATUS;
        };
        return new RunnerState(
                runner, probe.of(runner.member()).get(Get.of(path).maxAge(maxAge)));
    }

    /** Whether it said that it is still loading. */
    boolean loading() {
        if (answer.status() == 503) {
            return true;
        }
        JsonNode status = answer.okJson().path("status");
        return runner.kind() == Runner.Kind.LEGACY
                && status.isInt()
                && status.asInt() > BUSY
                && status.asInt() <= LOADING;
    }

    /** Whether it said that it serves. */
    boolean ready() {
        return switch (runner.kind()) {
            case LLAMA_SERVER -> answer.okJson().isArray();
            case LEGACY ->
                answer.okJson().path("status").isInt()
                        && answer.okJson().path("status").asInt() >= FREE
                        && answer.okJson().path("status").asInt() <= BUSY;
            case MLX -> answer.okJson().isObject();
        };
    }

    /** How far its model is loaded, 0..1; old runners tell it. */
    OptionalDouble progress() {
        JsonNode progress = answer.okJson().path("progress");
        return runner.kind() == Runner.Kind.LEGACY && loading() && progress.isNumber()
                ? OptionalDouble.of(progress.asDouble())
                : OptionalDouble.empty();
    }
}
