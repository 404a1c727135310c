// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.openai;

import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Role;
import dev.llmtop.spi.Candidate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Products that list their models as OpenAI does, by the owner that they name and the kind that their process is known for. Sources:
 * each product's own {@code /v1/models}, at the revisions that the README names.
 */
enum Product {
    VLLM("vLLM", owners("vllm", "vllm-frontend-rs"), "vllm", Page.VLLM),
    SGLANG("SGLang", owners("sglang"), "sglang", Page.SGLANG),
    TGI("TGI", owners(), "tgi", Page.TGI),
    APHRODITE("Aphrodite", owners("aphrodite"), "aphrodite", Page.APHRODITE),
    LMDEPLOY("LMDeploy", owners("lmdeploy"), "lmdeploy", Page.LMDEPLOY),
    TENSORRT("TensorRT-LLM", owners("tensorrt_llm"), "trtllm", Page.TENSORRT),
    LLAMA_CPP("llama.cpp", owners("llamacpp"), "llamacpp", Reason.NOT_SAFE, "its /metrics may wake a sleeping model"),
    LLAMA_CPP_PYTHON(
            "llama-cpp-python", owners("me"), "llamacpppython", Reason.NOT_EXPORTED, "it has no metrics at all"),
    LLAMA_CPP_PYTHON_EXAMPLE(
            "llama-cpp-python example server",
            owners("llama-cpp-python"),
            "",
            Reason.NOT_SAFE,
            "its /metrics is not known to be harmless"),
    LLAMAFILE("llamafile", owners("llamafile"), "", Reason.NOT_SAFE, "its /metrics is not known to be harmless"),
    OLLAMA("Ollama", owners("library"), "ollama", Reason.NOT_EXPORTED, "it has no metrics page", ModelState.AVAILABLE),
    LLAMA_SWAP(
            "llama-swap",
            owners("llama-swap"),
            "llamaswap",
            Reason.NOT_SAFE,
            "its adapter knows what may be asked",
            ModelState.AVAILABLE),
    LITELLM("LiteLLM", owners(), "litellm", Reason.NOT_SAFE, "its adapter knows what may be asked"),
    LM_STUDIO(
            "LM Studio",
            owners("organization_owner"),
            "",
            Reason.NOT_EXPORTED,
            "it has no metrics",
            ModelState.AVAILABLE),
    LOCALAI(
            "LocalAI",
            owners(),
            "localai",
            Reason.NOT_EXPORTED,
            "its metrics count calls, not requests that run",
            ModelState.AVAILABLE),
    KOBOLDCPP(
            "KoboldCpp",
            owners("koboldcpp"),
            "koboldcpp",
            Reason.NOT_EXPORTED,
            "it tells of its last request only, on a path of its own"),
    TABBY("TabbyAPI", owners("tabbyapi"), "", Reason.NOT_EXPORTED, "it has no metrics"),
    JAN("Jan", owners(), "", Reason.NOT_EXPORTED, "it has no metrics"),
    TEXT_GENERATION_WEBUI("text-generation-webui", owners(), "", Reason.NOT_EXPORTED, "it has no metrics"),
    GPT4ALL("GPT4All", owners("humanity"), "", Reason.NOT_EXPORTED, "it has no metrics", ModelState.AVAILABLE),
    LEMONADE(
            "Lemonade",
            owners("lemonade"),
            "lemonade",
            Reason.NOT_SAFE,
            "its /metrics asks its children, whose averages begin anew with that",
            ModelState.AVAILABLE),
    DOCKER_MODEL_RUNNER(
            "Docker Model Runner",
            owners("docker"),
            "",
            Reason.NOT_SAFE,
            "its /metrics asks its runners and may wake them",
            ModelState.AVAILABLE),
    TRITON(
            "Triton",
            owners("triton inference server"),
            "",
            Reason.NOT_EXPORTED,
            "its metrics are on a port of their own"),
    MLC("MLC-LLM", owners("mlc-llm"), "mlc", Reason.NOT_SAFE, "its /metrics asks the engine itself"),
    VLLM_MLX("vllm-mlx", owners("vllm-mlx"), "", Reason.NOT_EXPORTED, "it has no page of metrics"),
    OMLX("omlx", owners("omlx"), "", Reason.NOT_EXPORTED, "it has no page of metrics"),
    OVMS("OpenVINO Model Server", owners("ovms"), "", Reason.NOT_EXPORTED, "its metrics tell nothing of tokens"),
    XINFERENCE("Xinference", owners("xinference"), "", Reason.NOT_EXPORTED, "no adapter reads its metrics"),
    INFINITY("Infinity", owners("infinity"), "", Reason.NOT_EXPORTED, "no adapter reads its metrics"),
    AIBRIX("AIBrix", owners("aibrix"), "", Reason.NOT_SAFE, "its /metrics is not known to be harmless"),
    EXO("exo", owners("exo"), "exo", Reason.NOT_EXPORTED, "it has no page of metrics");

    private final String title;
    private final Set<String> owners;
    private final String kind;
    private final Optional<Page> page;
    private final Reason reason;
    private final String why;
    private final ModelState listed;

    Product(String title, Set<String> owners, String kind, Page page) {
        this(title, owners, kind, Optional.of(page), Reason.DISABLED, page.whatHelps(), ModelState.LOADED);
    }

    Product(String title, Set<String> owners, String kind, Reason reason, String why) {
        this(title, owners, kind, Optional.empty(), reason, why, ModelState.LOADED);
    }

    Product(String title, Set<String> owners, String kind, Reason reason, String why, ModelState listed) {
        this(title, owners, kind, Optional.empty(), reason, why, listed);
    }

    Product(
            String title,
            Set<String> owners,
            String kind,
            Optional<Page> page,
            Reason reason,
            String why,
            ModelState listed) {
        this.title = title;
        this.owners = owners;
        this.kind = kind;
        this.page = page;
        this.reason = reason;
        this.why = why;
        this.listed = listed;
    }

    private static Set<String> owners(String... names) {
        return Set.of(names);
    }

    String title() {
        return title;
    }

    /** The page that may be asked; empty where none is known to be harmless and of use. */
    Optional<Page> page() {
        return page;
    }

    Reason reason() {
        return reason;
    }

    String why() {
        return why;
    }

    /** What a model in its list is: one in memory, or one that is only installed. */
    ModelState listed() {
        return listed;
    }

    /** What part it plays: routers serve nothing themselves. */
    Role role() {
        return this == LITELLM || this == LLAMA_SWAP || this == AIBRIX ? Role.ROUTER : Role.ENGINE;
    }

    /** Of a list of models: all of them name this owner, in the way of this product. */
    static Optional<Product> owning(List<ModelCard> cards) {
        if (cards.isEmpty()) {
            return Optional.empty();
        }
        String owner = cards.get(0).owner().toLowerCase(Locale.ROOT);
        if (cards.stream().anyMatch(card -> !card.owner().equalsIgnoreCase(owner))) {
            return cards.stream().allMatch(ModelCard::isLiteLlm) ? Optional.of(LITELLM) : Optional.empty();
        }
        if (owner.equals("user")) {
            long created = cards.get(0).created();
            return created == 0
                    ? Optional.of(TEXT_GENERATION_WEBUI)
                    : created == 1 ? Optional.of(JAN) : Optional.empty();
        }
        if (cards.stream().allMatch(ModelCard::isLiteLlm)) {
            return Optional.of(LITELLM);
        }
        return Arrays.stream(values())
                .filter(product ->
                        product.owners.contains(owner) || product == VLLM_MLX && owner.startsWith("vllm-mlx"))
                .findFirst();
    }

    /** What its process is known for. */
    static Optional<Product> hinted(Candidate candidate) {
        return Arrays.stream(values())
                .filter(product -> !product.kind.isEmpty() && candidate.hintedAs(product.kind))
                .findFirst();
    }

    /** By the title that a match got from it. */
    static Optional<Product> titled(String title) {
        return Arrays.stream(values())
                .filter(product -> product.title.equals(title))
                .findFirst();
    }
}
