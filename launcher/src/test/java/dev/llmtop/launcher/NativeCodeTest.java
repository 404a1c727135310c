// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NativeCodeTest {
    private static final String OWN = "jna.boot.library.path";
    private static final String PLACES = "jna.platform.library.path";

    @AfterEach
    void forget() {
        System.clearProperty(OWN);
        System.clearProperty(PLACES);
    }

    @Test
    void jnaIsToldWhereLibrariesAre() {
        NativeCode.prepare(Path.of("/opt/llmtop/lib/native/linux-x86-64"));

        assertThat(System.getProperty(OWN)).isEqualTo("/opt/llmtop/lib/native/linux-x86-64");
        if (System.getProperty("os.name").equals("Linux")) {
            assertThat(System.getProperty(PLACES).split(":"))
                    .isNotEmpty()
                    .allSatisfy(place -> assertThat(Path.of(place)).isDirectory());
        }
    }

    @Test
    void whatTheUserSetStays() {
        System.setProperty(OWN, "/mine");
        System.setProperty(PLACES, "/mine/too");

        NativeCode.prepare(Path.of("/other"));

        assertThat(System.getProperty(OWN)).isEqualTo("/mine");
        assertThat(System.getProperty(PLACES)).isEqualTo("/mine/too");
    }
}
