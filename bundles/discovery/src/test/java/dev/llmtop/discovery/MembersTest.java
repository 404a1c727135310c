// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.spi.Member;
import dev.llmtop.spi.Strength;
import dev.llmtop.testkit.EngineServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runners below another user's server: their sockets show no owner, but their command lines name the ports. */
class MembersTest {
    private final EngineServer server = Rig.engine("toy", "/toy/id");
    private final Rig rig = new Rig()
            .install(ToyAdapter.recognizing("toy", "/toy/id", Strength.DISTINCTIVE)
                    .commands("exe:toy serve")
                    .memberPaths("/slots"));

    @AfterEach
    void close() {
        rig.close();
        server.close();
    }

    @Test
    void aRunnerWhoseSocketShowsNoOwnerIsAMemberByItsCommandLine() {
        rig.process(60, 1, "toy", "serve", "--port", "" + server.port())
                .process(61, 60, "/lib/toy/llama-server", "--model", "m", "--port", "41917", "--host", "127.0.0.1")
                .process(62, 60, "/lib/toy/llama-server", "--list-devices")
                .listens(server.port())
                .listens(41_917)
                .listens(41_918);

        Found found = rig.only();

        assertThat(found.access().members()).singleElement().satisfies(member -> {
            assertThat(((Member) member).endpoint().id()).isEqualTo("127.0.0.1:41917");
            assertThat(((Member) member).launch().pid()).isEqualTo(61);
        });
    }

    @Test
    void aSocketOfAThirdUserOnThatPortIsNone() {
        rig.process(60, 1, "toy", "serve", "--port", "" + server.port())
                .process(61, 60, "/lib/toy/llama-server", "--model", "m", "--port", "41917")
                .listens(server.port())
                .listens(41_917);
        rig.uids.put(61L, 1_000);

        assertThat(rig.only().access().members()).isEmpty();
    }

    @Test
    void aPortThatAnotherProcessIsSeenToHoldIsNone() {
        rig.process(60, 1, "toy", "serve", "--port", "" + server.port())
                .process(61, 60, "/lib/toy/llama-server", "--model", "m", "--port", "41917")
                .process(70, 1, "thing")
                .listens(server.port(), 60L)
                .listens(41_917, 70L);

        assertThat(rig.only().access().members()).isEmpty();
    }
}
