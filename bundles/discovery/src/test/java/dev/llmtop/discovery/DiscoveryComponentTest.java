// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiscoveryComponentTest {
    @Test
    void aRequestOfTheIdentificationHasOneAndAHalfSecondsAndSixtyFourPlacesAreAskedAtOnce()
            throws ReflectiveOperationException {
        assertThat(DiscoveryComponent.Config.class
                        .getDeclaredMethod("request_deadline_ms")
                        .getDefaultValue())
                .isEqualTo(1_500L);
        assertThat(DiscoveryComponent.Config.class.getDeclaredMethod("at_once").getDefaultValue())
                .isEqualTo(64);
    }
}
