// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.model.Basis;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.ModelSnapshot.Fact;
import dev.llmtop.model.ModelState;
import dev.llmtop.spi.Counter;
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
    void aLoraAdapterWhoseTokensAreToldApartMayBePrimary() {
        List<Reading> window = List.of(tokens(0, 0, 0), tokens(1, 10, 50));
        assertThat(primary(
                        window,
                        ServedModel.of("a").build(),
                        ServedModel.of("b").fact(Fact.PARENT, "a").build()))
                .containsExactly("b");
    }

    @Test
    void severalNamesOfOneModelAreOneModel() {
        ServedModel[] names = {
            ServedModel.of("short").fact(Fact.ROOT, "/models/one").build(),
            ServedModel.of("a").fact(Fact.ROOT, "/models/one").build(),
            ServedModel.of("b").fact(Fact.ROOT, "/models/two").build()
        };
        assertThat(primary(List.of(), names[0], names[1])).containsExactly("short");
        assertThat(primary(List.of(), names)).isEmpty();
        assertThat(primary(List.of(tokens(0, 0, 0), tokens(1, 50, 10)), names)).containsExactly("short");
        assertThat(primary(List.of(tokens(0, 0, 0), tokens(1, 10, 50)), names)).containsExactly("b");
    }

    @Test
    void progressOfTasksThatNoCounterHoldsYetCountsToo() {
        List<Reading> window = List.of(progress(0, 1, 100, 2, 5), progress(1, 1, 110, 2, 60), progress(2, 3, 4, 4, 30));
        assertThat(GeneratedTokens.of(Derived.ofModel(window, "a"))).isEqualTo(10 + 4);
        assertThat(GeneratedTokens.of(Derived.ofModel(window, "b"))).isEqualTo(55 + 30);
        assertThat(primary(
                        window, ServedModel.of("a").build(), ServedModel.of("b").build()))
                .containsExactly("b");
    }

    @Test
    void aTaskThatEndsIntoItsCounterCountsOnce() {
        List<Reading> window = List.of(counted(0, 1_000, 1, 40), counted(1, 1_000, 1, 90), counted(2, 1_100, 2, 7));
        assertThat(GeneratedTokens.of(window)).isEqualTo(50 + 17);
    }

    @Test
    void theFirstSightOfAModelCountsNothing() {
        assertThat(GeneratedTokens.of(List.of(counted(0, 1_000, 1, 40)))).isZero();
        List<Reading> window = List.of(
                Reading.builder(Made.at(0)).build(),
                Reading.builder(Made.at(1))
                        .progress(Counter.GENERATION_TOKENS, "port=1", "task=1", 900)
                        .build());
        assertThat(GeneratedTokens.of(window)).isZero();
    }

    private static Reading counted(double seconds, double count, int task, double progress) {
        return Reading.builder(Made.at(seconds))
                .counter(Counter.GENERATION_TOKENS, "", count, Basis.AT_REQUEST_END)
                .progress(Counter.GENERATION_TOKENS, "", "task=" + task, progress)
                .build();
    }

    private static Reading progress(double seconds, int task, double first, int otherTask, double second) {
        return Reading.builder(Made.at(seconds))
                .model("a", slot(seconds, "port=1", task, first))
                .model("b", slot(seconds, "port=2", otherTask, second))
                .build();
    }

    private static Reading slot(double seconds, String series, int task, double progress) {
        return Reading.builder(Made.at(seconds))
                .progress(Counter.GENERATION_TOKENS, series, "task=" + task, progress)
                .build();
    }

    @Test
    void aResetCountsNothing() {
        assertThat(GeneratedTokens.of(
                        Derived.ofModel(List.of(tokens(0, 900, 0), tokens(1, 5, 0), tokens(2, 8, 0)), "a")))
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
