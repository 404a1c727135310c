// SPDX-License-Identifier: MIT
package dev.llmtop.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.testkit.EngineServer;
import dev.llmtop.testkit.HostileServer;
import dev.llmtop.testkit.HostileServers;
import dev.llmtop.testkit.Hostility;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --explain} of the built program, piped: what it would do, and no byte to anyone. */
class ExplainProgramTest {
    @TempDir
    Path folder;

    @Test
    void whoWouldBeAskedIsSaidAndNobodyIsAsked() throws Exception {
        try (EngineServer named = EngineServer.start();
                EngineServer addressed = EngineServer.start();
                HostileServer stranger = HostileServers.start(Hostility.HTML_EVERYWHERE)) {
            Program.Result result = new Program(folder)
                    .run("--explain", "--port", "" + named.port(), "--endpoint", "http://" + addressed.id());

            assertThat(result.err()).isEmpty();
            assertThat(result.code()).isZero();
            assertThat(result.out().lines()).allSatisfy(line -> assertThat(line).matches("[ -~]{0,80}"));
            assertThat(result.out())
                    .contains("\n" + named.id(), "the user named port " + named.port())
                    .contains("\n" + addressed.id(), "the user named this address")
                    .contains(
                            "/health/liveliness",
                            "left alone, never asked, never sent a key:",
                            "gets no key: none is configured for it");
            assertThat(named.connections() + addressed.connections() + stranger.connections())
                    .isZero();
        }
    }
}
