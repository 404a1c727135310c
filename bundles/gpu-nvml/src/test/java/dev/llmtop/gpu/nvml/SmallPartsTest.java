// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.gpu.nvml.FieldShape.Field;
import dev.llmtop.gpu.nvml.ProcessShapes.Use;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallPartsTest {
    private static final long SECOND = 1_000_000_000L;

    private final CounterRates rates = new CounterRates();
    private final ProcessUses uses = new ProcessUses();

    private static Field field(long number, long micros) {
        return new Field(number, micros, 64);
    }

    private static Result<List<Use>> answer(Use... uses) {
        return Result.of("nvmlDeviceGetProcessUtilization", List.of(uses));
    }

    private static Result<List<Use>> nothing() {
        return Result.failed("nvmlDeviceGetProcessUtilization", 6);
    }

    @ParameterizedTest
    @CsvSource({
        "535.43.02, true",
        "535.54.03, true",
        "535.85.99, true",
        "535.86.01, false",
        "535.42, false",
        "535.183.01, false",
        "550.54.15, false",
        "535, false",
        "'', false",
        "535.x, false"
    })
    void theRangeOfDriversThatMisplaceMemoryIsKnown(String version, boolean misplaces) {
        assertThat(DriverVersion.misplacesProcessMemory(version)).isEqualTo(misplaces);
    }

    @Test
    void harmlessReasonsAreLeftOutAndUnknownOnesKept() {
        assertThat(ThrottleReasons.of(0)).isEmpty();
        assertThat(ThrottleReasons.of(0x1 | 0x2 | 0x100)).isEmpty();
        assertThat(ThrottleReasons.of(0x4 | 0x8 | 0x10 | 0x20 | 0x40 | 0x80))
                .containsExactly(
                        "SwPowerCap",
                        "HwSlowdown",
                        "SyncBoost",
                        "SwThermalSlowdown",
                        "HwThermalSlowdown",
                        "HwPowerBrakeSlowdown");
        assertThat(ThrottleReasons.of(0x201)).containsExactly("0x200");
        assertThat(ThrottleReasons.of(Long.MIN_VALUE)).containsExactly("0x8000000000000000");
    }

    @Test
    void aRateNeedsTwoCountsByTheDriversTime() {
        assertThat(rates.perSecond("a", field(1_000, 1_000_000))
                        .missing()
                        .orElseThrow()
                        .reason())
                .isEqualTo(Reason.NO_SAMPLE_YET);
        assertThat(rates.perSecond("a", field(3_000, 1_500_000))).isEqualTo(Value.of(4_000.0));
        assertThat(rates.perSecond("b", field(9_000, 1_500_000)).known()).isEmpty();
    }

    @Test
    void aCounterThatWentBackTellsNothingThisTime() {
        rates.perSecond("a", field(1_000, 1_000_000));
        assertThat(rates.perSecond("a", field(10, 2_000_000)).known()).isEmpty();
        assertThat(rates.perSecond("a", field(20, 3_000_000))).isEqualTo(Value.of(10.0));
    }

    @Test
    void theSameCountTwiceIsNoStandstill() {
        rates.perSecond("a", field(1_000, 1_000_000));
        assertThat(rates.perSecond("a", field(1_000, 1_000_000)).known()).isEmpty();
        assertThat(rates.perSecond("a", field(2_000, 2_000_000))).isEqualTo(Value.of(1_000.0));
    }

    @Test
    void whatTheDriverRemembersFromBeforeIsNotOfNow() {
        assertThat(uses.next(answer(new Use(7, 500, 90)), SECOND).value()).isEmpty();
        assertThat(uses.until()).isEqualTo(500);
        assertThat(uses.next(answer(new Use(7, 500, 90), new Use(7, 600, 10)), 2 * SECOND)
                        .value())
                .contains(List.of(new Use(7, 600, 10)));
    }

    @Test
    void nothingNewForAMomentSaysNothing() {
        uses.next(answer(new Use(7, 500, 90)), SECOND);
        uses.next(answer(new Use(7, 600, 10)), 2 * SECOND);

        assertThat(uses.next(nothing(), 2 * SECOND + SECOND / 5).value()).contains(List.of(new Use(7, 600, 10)));
        assertThat(uses.next(nothing(), 4 * SECOND).returned(ReturnCode.NOT_FOUND))
                .isTrue();
    }

    @Test
    void aRefusalIsHandedOn() {
        Result<List<Use>> refused = Result.failed("nvmlDeviceGetProcessUtilization", 3);

        assertThat(uses.next(refused, SECOND)).isEqualTo(refused);
    }

    @Test
    void codesReadAsPeopleKnowThem() {
        assertThat(ReturnCode.describe(3)).isEqualTo("Not Supported (3)");
        assertThat(ReturnCode.describe(12345)).isEqualTo("Error (12345)");
        assertThat(ReturnCode.reason(4)).isEqualTo(Reason.NO_PERMISSION);
        assertThat(ReturnCode.reason(15)).isEqualTo(Reason.UNREACHABLE);
        assertThat(Result.failed("nvmlX", Result.NO_SYMBOL)
                        .unavailable()
                        .missing()
                        .orElseThrow())
                .isEqualTo(new Value.Unavailable<>(Reason.NOT_EXPORTED, "nvmlX: this driver has no such function"));
    }
}
