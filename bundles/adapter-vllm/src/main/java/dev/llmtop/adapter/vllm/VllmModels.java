// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllm;

import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.Answer;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.ServedModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The models of a server: of {@code /v1/models}, or where that is closed, of its command line and the labels of its series. */
final class VllmModels {
    private static final String QUANTIZATION_UNKNOWN =
            "--quantization is not on the command line; vLLM takes it from the model's own configuration and does not export it";

    private final VllmFlags flags;
    private final ModelState state;

    VllmModels(VllmFlags flags, ModelState state) {
        this.flags = flags;
        this.state = state;
    }

    /** Describes what the answer lists. */
    void listed(List<VllmCard> cards, Description.Builder into) {
        Map<String, VllmCard> byId =
                cards.stream().collect(Collectors.toMap(VllmCard::id, Function.identity(), (first, other) -> first));
        for (VllmCard card : cards) {
            ServedModel.Builder model = ServedModel.of(card.id())
                    .state(state)
                    .fact(Fact.ROOT, card.root())
                    .fact(Fact.PARENT, card.parent());
            // An adapter has no length of its own: it is the base model's.
            Optional<VllmCard> base = Optional.ofNullable(byId.get(card.parent()));
            card.contextTokens()
                    .or(() -> base.flatMap(VllmCard::contextTokens))
                    .ifPresentOrElse(
                            tokens -> model.fact(Fact.CONTEXT_TOKENS, tokens),
                            () -> model.unavailable(
                                    Fact.CONTEXT_TOKENS,
                                    Reason.NOT_EXPORTED,
                                    "/v1/models has no max_model_len for it"));
            quantization(model);
            into.model(model.build());
        }
    }

    /** Describes what is known without the list. */
    void guessed(List<String> labels, Answer answer, Description.Builder into) {
        Reason reason = answer.reason();
        String detail = "/v1/models: " + answer.detail();
        into.unavailable("models", reason, detail);
        List<String> names = flags.servedNames().isEmpty() ? labels : flags.servedNames();
        for (String name : names) {
            ServedModel.Builder model = ServedModel.of(name).state(state);
            flags.model().ifPresent(root -> model.fact(Fact.ROOT, root));
            flags.number("--max-model-len")
                    .ifPresentOrElse(
                            tokens -> model.fact(Fact.CONTEXT_TOKENS, tokens),
                            () -> model.unavailable(Fact.CONTEXT_TOKENS, reason, detail));
            quantization(model);
            into.model(model.build());
        }
    }

    private void quantization(ServedModel.Builder model) {
        flags.text("--quantization", "-q")
                .ifPresentOrElse(
                        name -> model.fact(Fact.QUANTIZATION, name),
                        () -> model.unavailable(Fact.QUANTIZATION, Reason.NOT_EXPORTED, QUANTIZATION_UNKNOWN));
    }
}
