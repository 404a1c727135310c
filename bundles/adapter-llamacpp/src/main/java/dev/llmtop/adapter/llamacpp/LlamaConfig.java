// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.llamacpp;

import dev.llmtop.model.Reason;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Launch;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings on a command line that a person wants to see. Source: ggml-org/llama.cpp common/arg.cpp. */
final class LlamaConfig {
    private static final String[] ALIAS = {"--alias", "-a"};
    private static final String[] MODEL = {
        "--model", "-m", "--hf-repo", "-hf", "-hfr", "--model-url", "-mu", "--docker-repo", "-dr"
    };
    private static final Map<String, String[]> NUMBERS = Map.ofEntries(
            Map.entry("contextSize", new String[] {"--ctx-size", "-c"}),
            Map.entry("parallel", new String[] {"--parallel", "-np"}),
            Map.entry("sleepIdleSeconds", new String[] {SleepRule.OPTION}),
            Map.entry("mainGpu", new String[] {"--main-gpu", "-mg"}),
            Map.entry("cpuMoeLayers", new String[] {"--n-cpu-moe", "-ncmoe"}),
            Map.entry("modelsMax", new String[] {"--models-max"}));
    private static final Map<String, String[]> TEXTS = Map.ofEntries(
            Map.entry("gpuLayers", new String[] {"--n-gpu-layers", "--gpu-layers", "-ngl"}),
            Map.entry("device", new String[] {"--device", "-dev"}),
            Map.entry("splitMode", new String[] {"--split-mode", "-sm"}),
            Map.entry("tensorSplit", new String[] {"--tensor-split", "-ts"}),
            Map.entry("flashAttention", new String[] {"--flash-attn", "-fa"}),
            Map.entry("cacheTypeK", new String[] {"--cache-type-k", "-ctk"}),
            Map.entry("cacheTypeV", new String[] {"--cache-type-v", "-ctv"}),
            Map.entry("draftModel", new String[] {"--model-draft", "-md", "--spec-draft-model"}),
            Map.entry("modelsDirectory", new String[] {"--models-dir"}),
            Map.entry("apiPrefix", new String[] {"--api-prefix"}));
    private static final Map<String, String[]> SWITCHES = Map.of(
            "embeddings", new String[] {"--embeddings", "--embedding"},
            "rerank", new String[] {"--rerank", "--reranking"},
            "cpuMoe", new String[] {"--cpu-moe", "-cmoe"});

    private LlamaConfig() {}

    static void describe(Optional<Launch> launch, Description.Builder into) {
        launch.ifPresentOrElse(
                known -> {
                    NUMBERS.forEach(
                            (name, options) -> known.number(options).ifPresent(number -> into.config(name, number)));
                    TEXTS.forEach((name, options) -> known.option(options).ifPresent(text -> into.config(name, text)));
                    SWITCHES.forEach((name, options) -> {
                        if (known.has(options)) {
                            into.config(name, true);
                        }
                    });
                },
                () -> into.unavailable(
                        "config",
                        Reason.NO_PERMISSION,
                        "the command line of the server is not known or may not be read"));
    }

    /** What clients call the model: the first alias, else what was loaded. */
    static Optional<String> model(Optional<Launch> launch) {
        return Stream.of(
                        launch.flatMap(known -> known.option(ALIAS)).map(names -> names.split(",", 2)[0]),
                        environment(launch, "LLAMA_ARG_ALIAS"),
                        root(launch))
                .flatMap(Optional::stream)
                .filter(name -> !name.isBlank())
                .findFirst();
    }

    /** The file, repository or URL that was loaded. */
    static Optional<String> root(Optional<Launch> launch) {
        return launch.flatMap(known -> known.option(MODEL))
                .or(() -> environment(launch, "LLAMA_ARG_MODEL"))
                .or(() -> environment(launch, "LLAMA_ARG_HF_REPO"))
                .or(() -> environment(launch, "LLAMA_ARG_MODEL_URL"));
    }

    private static Optional<String> environment(Optional<Launch> launch, String name) {
        return launch.map(known -> known.environment().get(name));
    }
}
