// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.openai;

import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.ServedModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Describes what a list of models says. */
final class Cards {
    private static final int MOST_MODELS = 200;

    private Cards() {}

    static void describe(List<ModelCard> cards, Optional<Product> product, Description.Builder into) {
        ModelState state = product.map(Product::listed).orElse(ModelState.LOADED);
        String owners = cards.stream()
                .map(ModelCard::owner)
                .filter(owner -> !owner.isEmpty())
                .distinct()
                .limit(5)
                .collect(Collectors.joining(", "));
        if (!owners.isEmpty()) {
            into.config("ownedBy", owners);
        }
        cards.stream().limit(MOST_MODELS).forEach(card -> into.model(model(card, state)));
    }

    private static ServedModel model(ModelCard card, ModelState state) {
        ServedModel.Builder model = ServedModel.of(card.id())
                .state(state)
                .fact(Fact.ROOT, card.root())
                .fact(Fact.PARENT, card.parent())
                .fact(Fact.QUANTIZATION, card.quantization())
                .fact(Fact.PARAMETERS, card.parameters());
        card.contextTokens()
                .ifPresentOrElse(
                        tokens -> model.fact(Fact.CONTEXT_TOKENS, tokens),
                        () -> model.unavailable(
                                Fact.CONTEXT_TOKENS, Reason.NOT_EXPORTED, "/v1/models has no context length for it"));
        return model.build();
    }
}
