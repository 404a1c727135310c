// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTest {
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNoNumberIsNotKnown(double number) {
        assertThatIllegalArgumentException().isThrownBy(() -> Value.of(number));
    }

    @Test
    void whatIsUnknownHasAReasonAndNoValue() {
        Value<Double> unknown = Value.unavailable(Reason.DISABLED, "--metrics is off");
        assertThat(unknown.known()).isEmpty();
        assertThat(unknown.map(number -> 0.0).known()).isEmpty();
        assertThat(unknown.map(number -> 0.0).missing().orElseThrow().reason()).isEqualTo(Reason.DISABLED);
    }
}
