// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.gpu.nvml.FieldShape.Field;
import dev.llmtop.gpu.nvml.Getters.Memory;
import dev.llmtop.gpu.nvml.Interpreter.Facts;
import dev.llmtop.gpu.nvml.Result.Attempt;
import dev.llmtop.gpu.nvml.Shape.Pair;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Gpu.Tenant;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterpreterTest {
    private static final Facts FACTS = new Facts("550.163.01", Optional.of(1_000_000L));

    /** What else a getter has a hand in, beside what bears its name; nothing else may change when it is refused. */
    private static final Map<Getter<?>, Set<GpuMetric>> TELLS = tells();

    private static Map<Getter<?>, Set<GpuMetric>> tells() {
        Map<Getter<?>, Set<GpuMetric>> tells = new HashMap<>();
        tells.put(Getters.UTILIZATION, EnumSet.of(GpuMetric.UTILIZATION_RATIO, GpuMetric.UTILIZATION_MEMORY_RATIO));
        tells.put(
                Getters.MEMORY,
                EnumSet.of(GpuMetric.MEMORY_TOTAL_BYTES, GpuMetric.MEMORY_USED_BYTES, GpuMetric.MEMORY_RESERVED_BYTES));
        tells.put(Getters.BAR1, EnumSet.of(GpuMetric.BAR1_TOTAL_BYTES, GpuMetric.BAR1_USED_BYTES));
        tells.put(Getters.ENCODER, EnumSet.of(GpuMetric.ENCODER_RATIO));
        tells.put(Getters.DECODER, EnumSet.of(GpuMetric.DECODER_RATIO));
        tells.put(Getters.POWER, EnumSet.noneOf(GpuMetric.class));
        tells.put(Getters.ENFORCED_LIMIT, EnumSet.noneOf(GpuMetric.class));
        tells.put(Getters.ENERGY, EnumSet.of(GpuMetric.ENERGY_JOULES));
        tells.put(Getters.TEMPERATURE, EnumSet.of(GpuMetric.TEMPERATURE_CELSIUS));
        tells.put(Getters.SLOWDOWN, EnumSet.of(GpuMetric.TEMPERATURE_SLOWDOWN_CELSIUS));
        tells.put(Getters.SHUTDOWN, EnumSet.of(GpuMetric.TEMPERATURE_SHUTDOWN_CELSIUS));
        tells.put(Getters.FANS, EnumSet.of(GpuMetric.FAN_RATIO));
        tells.put(Getters.SM_CLOCK, EnumSet.of(GpuMetric.SM_CLOCK_MHZ));
        tells.put(Getters.SM_CLOCK_MAX, EnumSet.of(GpuMetric.SM_CLOCK_MAX_MHZ));
        tells.put(Getters.MEMORY_CLOCK, EnumSet.of(GpuMetric.MEMORY_CLOCK_MHZ));
        tells.put(Getters.MEMORY_CLOCK_MAX, EnumSet.of(GpuMetric.MEMORY_CLOCK_MAX_MHZ));
        tells.put(Getters.PERFORMANCE_STATE, EnumSet.of(GpuMetric.PERFORMANCE_STATE));
        tells.put(Getters.THROTTLE, EnumSet.noneOf(GpuMetric.class));
        tells.put(Getters.PCIE_GENERATION, EnumSet.of(GpuMetric.PCIE_GENERATION));
        tells.put(Getters.PCIE_GENERATION_MAX, EnumSet.of(GpuMetric.PCIE_GENERATION_MAX));
        tells.put(Getters.PCIE_WIDTH, EnumSet.of(GpuMetric.PCIE_WIDTH));
        tells.put(Getters.PCIE_WIDTH_MAX, EnumSet.of(GpuMetric.PCIE_WIDTH_MAX));
        tells.put(Getters.COMPUTE_MODE, EnumSet.of(GpuMetric.COMPUTE_MODE));
        tells.put(Getters.PERSISTENCE, EnumSet.of(GpuMetric.PERSISTENCE));
        tells.put(Getters.REMAPPED_ROWS, EnumSet.of(GpuMetric.REMAPPED_ROWS));
        tells.put(Getters.SELDOM_FIELDS, EnumSet.of(GpuMetric.ECC_CORRECTED_ERRORS, GpuMetric.ECC_UNCORRECTED_ERRORS));
        tells.put(
                Getters.FIELDS,
                EnumSet.of(
                        GpuMetric.POWER_AVERAGE_WATTS,
                        GpuMetric.MEMORY_TEMPERATURE_CELSIUS,
                        GpuMetric.PCIE_TRANSMIT,
                        GpuMetric.PCIE_RECEIVE,
                        GpuMetric.NVLINK_TRANSMIT,
                        GpuMetric.NVLINK_RECEIVE));
        tells.put(Getters.COMPUTE_PROCESSES, EnumSet.noneOf(GpuMetric.class));
        tells.put(Getters.MIG_MODE, EnumSet.noneOf(GpuMetric.class));
        return tells;
    }

    private static Figures<GpuMetric> figures(RawDevice raw) {
        return new Interpreter().gpu(raw, FACTS).figures();
    }

    private static <T> RawDevice refused(RawDevice raw, Getter<T> getter, int code) {
        return raw.with(getter, Result.failed(getter.name(), code));
    }

    @Test
    void aCardThatTellsEverythingHasEveryFigure() {
        Interpreter interpreter = new Interpreter();
        interpreter.gpu(RawCard.whole(), FACTS);
        Map<FieldId, Result<Field>> later = new EnumMap<>(RawCard.fields());
        later.replaceAll((id, field) -> Result.of(
                id.label(), new Field(field.value().orElseThrow().number().longValue() + 500, 1_500_000, 64)));

        Gpu gpu = interpreter.gpu(RawCard.whole().with(Getters.FIELDS, RawCard.told(later)), FACTS);

        assertThat(gpu.figures().asMap().keySet()).isEqualTo(Interpreter.METRICS);
        assertThat(gpu.figures().asMap())
                .allSatisfy((metric, value) -> assertThat(value.known()).isPresent());
        assertThat(gpu.figures().number(GpuMetric.PCIE_TRANSMIT)).contains(1_000.0);
        assertThat(gpu.figures().number(GpuMetric.NVLINK_RECEIVE)).contains(1_000.0 * 1024);
        assertThat(gpu.figures().number(GpuMetric.FAN_RATIO)).contains(0.45);
        assertThat(gpu.figures().known(GpuMetric.COMPUTE_MODE, String.class)).contains("exclusive-process");
        assertThat(gpu.state()).isEqualTo(Gpu.State.ACTIVE);
        assertThat(gpu.memory()).isEqualTo(new Gpu.Memory(false, "device"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 10, 21, 25, 999, 31337, Result.NO_SYMBOL})
    void oneRefusalCostsItsOwnFiguresAndNoOthers(int code) {
        Figures<GpuMetric> whole = figures(RawCard.whole());
        TELLS.forEach((getter, told) -> {
            Figures<GpuMetric> figures = figures(refused(RawCard.whole(), getter, code));
            for (GpuMetric metric : Interpreter.METRICS) {
                if (told.contains(metric)
                        && !(getter == Getters.MEMORY && metric == GpuMetric.MEMORY_TOTAL_BYTES && code == 3)) {
                    assertThat(figures.missing(metric))
                            .as(getter.name() + " " + metric)
                            .isPresent();
                    assertThat(figures.missing(metric).get().detail()).isNotBlank();
                } else if (!told.contains(metric)) {
                    assertThat(figures.get(metric))
                            .as(getter.name() + " " + metric)
                            .isEqualTo(whole.get(metric));
                }
            }
        });
    }

    @Test
    void onlyRefusalsAndZerosAndTheSystemsTotalMakeMemoryShared() {
        RawDevice card = RawCard.whole();

        assertThat(unified(refused(card, Getters.MEMORY, 3))).isTrue();
        assertThat(unified(card.with(Getters.MEMORY, RawCard.told(new Memory(0, 0, 0, 0)))))
                .isTrue();
        assertThat(unified(card.with(Getters.MEMORY, RawCard.told(new Memory(1_000_000, 1, 2, 0)))))
                .isTrue();
        assertThat(unified(card.with(Getters.MEMORY, RawCard.told(new Memory(999_500, 1, 2, 0)))))
                .isTrue();

        assertThat(unified(card.with(Getters.MEMORY, RawCard.told(new Memory(980_000, 1, 2, 0)))))
                .isFalse();
        for (int code : new int[] {1, 2, 4, 9, 15, 16, 999, Result.NO_SYMBOL}) {
            assertThat(unified(refused(card, Getters.MEMORY, code)))
                    .as("code " + code)
                    .isFalse();
        }
        assertThat(unified(refused(card, Getters.MEMORY, 3).with(Getters.MIG_MODE, RawCard.told(new Pair(1, 1)))))
                .as("a card in parts")
                .isFalse();
        assertThat(unified(refused(refused(card, Getters.MEMORY, 3), Getters.POWER, 15)))
                .as("a lost card")
                .isFalse();
        assertThat(unified(card.with(Getters.NAME, RawCard.told("NVIDIA GB10"))))
                .as("a name")
                .isFalse();
    }

    @Test
    void aRefusalOfOneFormAndAnotherErrorOfTheOtherIsNoSharedMemory() {
        Result<Memory> mixed = new Result<>(
                List.of(new Attempt("nvmlDeviceGetMemoryInfo_v2", 999), new Attempt("nvmlDeviceGetMemoryInfo", 3)),
                Optional.empty());
        Result<Memory> absent = new Result<>(
                List.of(
                        new Attempt("nvmlDeviceGetMemoryInfo_v2", Result.NO_SYMBOL),
                        new Attempt("nvmlDeviceGetMemoryInfo", 3)),
                Optional.empty());

        assertThat(unified(RawCard.whole().with(Getters.MEMORY, mixed))).isFalse();
        assertThat(unified(RawCard.whole().with(Getters.MEMORY, absent))).isTrue();
    }

    private static boolean unified(RawDevice raw) {
        return new Interpreter().gpu(raw, FACTS).memory().unified();
    }

    @Test
    void withoutTheMachinesMemoryTheTotalOfSharedMemoryIsUnknown() {
        Gpu gpu = new Interpreter().gpu(refused(RawCard.whole(), Getters.MEMORY, 3), new Facts("", Optional.empty()));

        assertThat(gpu.memory().unified()).isTrue();
        assertThat(gpu.figures()
                        .missing(GpuMetric.MEMORY_TOTAL_BYTES)
                        .orElseThrow()
                        .reason())
                .isEqualTo(Reason.NO_PERMISSION);
    }

    @Test
    void moreMemoryUsedThanThereIsIsNotBelieved() {
        Figures<GpuMetric> figures =
                figures(RawCard.whole().with(Getters.MEMORY, RawCard.told(new Memory(80, 50, 81, 1))));

        assertThat(figures.missing(GpuMetric.MEMORY_USED_BYTES).orElseThrow().reason())
                .isEqualTo(Reason.MALFORMED);
        assertThat(figures.number(GpuMetric.MEMORY_TOTAL_BYTES)).contains(80.0);
    }

    @Test
    void aCounterOf32BitsIsNoMeasureOfAFastLink() {
        Map<FieldId, Result<Field>> narrow = new EnumMap<>(RawCard.fields());
        narrow.put(FieldId.PCIE_TRANSMIT, RawCard.field(FieldId.PCIE_TRANSMIT, 1, 32));
        RawDevice raw = RawCard.whole().with(Getters.FIELDS, RawCard.told(narrow));
        assertThat(figures(raw).missing(GpuMetric.PCIE_TRANSMIT).orElseThrow().reason())
                .isEqualTo(Reason.NO_SAMPLE_YET);
        assertThat(figures(raw.with(Getters.PCIE_TRANSMIT, RawCard.told(5L))).number(GpuMetric.PCIE_TRANSMIT))
                .contains(5_000.0);
    }

    @Test
    void aProcessIsNamedOnceWithTheMostThatIsKnownOfIt() {
        List<Tenant> tenants =
                new Interpreter().gpu(RawCard.whole(), FACTS).tenants().processes();

        assertThat(tenants).extracting(Tenant::pid).containsExactly(7L, 9L);
        assertThat(tenants).extracting(Tenant::memoryBytes).containsExactly(Value.of(100L), Value.of(60L));
    }

    @Test
    void aLostCardSaysSoWhereverItIsSaid() {
        assertThat(new Interpreter()
                        .gpu(refused(RawCard.whole(), Getters.ENERGY, 15), FACTS)
                        .state())
                .isEqualTo(Gpu.State.LOST);
        Map<FieldId, Result<Field>> fields = new EnumMap<>(RawCard.fields());
        fields.put(FieldId.POWER_AVERAGE, Result.failed("field", 15));
        assertThat(new Interpreter()
                        .gpu(RawCard.whole().with(Getters.FIELDS, RawCard.told(fields)), FACTS)
                        .state())
                .isEqualTo(Gpu.State.LOST);
    }

    @Test
    void namesFromTheDriverAreCleaned() {
        Gpu gpu =
                new Interpreter().gpu(RawCard.whole().with(Getters.NAME, RawCard.told("H100\u001b[31m\u202e")), FACTS);

        assertThat(gpu.identity().name()).isEqualTo("H100[31m");
    }
}
