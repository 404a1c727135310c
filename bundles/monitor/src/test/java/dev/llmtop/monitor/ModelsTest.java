// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Reading;
import dev.llmtop.spi.ServedModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelsTest {
    @Test
    void theOnlyLoadedModelIsPrimary() {
        assertThat(primary(
                        List.of(),
                        ServedModel.of("a").state(ModelState.AVAILABLE).build(),
                        ServedModel.of("b").build()))
                .containsExactly("b");
    }

    @Test
    void ofSeveralTheOneThatGeneratedMostInTheWindowIsPrimary() {
        List<Reading> window = List.of(tokens(0, 9_000, 0), tokens(1, 9_010, 50), tokens(2, 9_020, 70));
        assertThat(primary(
                        window, ServedModel.of("a").build(), ServedModel.of("b").build()))
                .containsExactly("b");
    }

    @Test
    void ofSeveralThatGeneratedNothingNoneIsPrimary() {
        List<Reading> window = List.of(tokens(0, 9_000, 5), tokens(1, 9_000, 5));
        assertThat(primary(
                        window, ServedModel.of("a").build(), ServedModel.of("b").build()))
                .isEmpty();
        assertThat(primary(
                        List.of(),
                        ServedModel.of("a").state(ModelState.SLEEPING).build()))
                .isEmpty();
    }

    @Test
    void aLoraAdapterIsNotCountedBesideItsBaseModel() {
        assertThat(primary(
                        List.of(),
                        ServedModel.of("base").build(),
                        ServedModel.of("lora").fact(Fact.PARENT, "base").build()))
                .containsExactly("base");
    }

    @Test
    void aResetCountsNothing() {
        assertThat(Models.generated(Derived.ofModel(List.of(tokens(0, 900, 0), tokens(1, 5, 0), tokens(2, 8, 0)), "a")))
                .isEqualTo(3);
    }

    private static Reading tokens(double seconds, double first, double second) {
        return Reading.builder(Made.at(seconds))
                .model("a", Made.generated(Made.at(seconds), first))
                .model("b", Made.generated(Made.at(seconds), second))
                .build();
    }

    private static List<String> primary(List<Reading> window, ServedModel... served) {
        Description.Builder description = Description.builder();
        for (ServedModel model : served) {
            description.model(model);
        }
        return new Models(window, Map.of())
                .merge(Optional.of(description.build())).stream()
                        .filter(ModelSnapshot::primary)
                        .map(ModelSnapshot::id)
                        .toList();
    }
}
