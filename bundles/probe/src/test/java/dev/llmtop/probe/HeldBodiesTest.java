// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class HeldBodiesTest {
    private static final int LARGE = 100_000;

    private static CappedBody body() {
        return new CappedBody(new ByteArrayInputStream(new byte[LARGE]), HeldBodies.MOST_BYTES);
    }

    @Test
    void bodiesInFlightShareTheirMemoryAndWhatFindsNoneIsCut() {
        HeldBodies bodies = new HeldBodies(200_000);
        CappedBody first = body();
        CappedBody second = body();
        try (HeldBodies.Held whole = bodies.read(first)) {
            assertThat(whole.text()).hasSize(LARGE);
            assertThat(first.cut()).isFalse();
            try (HeldBodies.Held part = bodies.read(second)) {
                assertThat(part.text()).hasSizeLessThan(LARGE);
                assertThat(second.cut()).isTrue();
            }
        }
        assertThat(bodies.free()).isEqualTo(200_000);
        try (HeldBodies.Held again = bodies.read(body())) {
            assertThat(again.text()).hasSize(LARGE);
        }
    }
}
