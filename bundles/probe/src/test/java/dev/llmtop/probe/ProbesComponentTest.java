// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbesComponentTest {
    @Test
    void aScrapeHasTwoSecondsUnlessTheUserSaysOtherwise() throws ReflectiveOperationException {
        assertThat(ProbesComponent.Config.class.getDeclaredMethod("timeout_ms").getDefaultValue())
                .isEqualTo(2_000);
        assertThat(ProbesComponent.Config.class.getDeclaredMethod("connections").getDefaultValue())
                .isEqualTo(64);
    }
}
