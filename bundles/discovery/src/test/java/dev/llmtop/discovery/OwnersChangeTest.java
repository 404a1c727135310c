// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static dev.llmtop.spi.Strength.DISTINCTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.testkit.CannedAnswer;
import dev.llmtop.testkit.EngineServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is known of an address belongs to who holds it, and to nobody after it. */
class OwnersChangeTest {
    private final EngineServer server = Rig.engine("toy", "/id");
    private final Rig rig = new Rig()
            .install(
                    ToyAdapter.recognizing("toy", "/id", DISTINCTIVE).commands("exe:toy"),
                    ToyAdapter.recognizing("other", "/id", DISTINCTIVE).commands("exe:other"));

    @AfterEach
    void close() {
        rig.close();
        server.close();
    }

    @Test
    void anotherUsersSocketThatIsAnotherOneIsAskedAnewThoughItsProcessIsStillThere() {
        rig.process(60, 1, "toy", "--port", port()).listens(server.port());
        assertThat(rig.only().kind()).isEqualTo("toy");
        rig.only();
        assertThat(server.paths()).hasSize(1);

        takenOver();
        rig.listeners.clear();
        rig.listens(server.port());

        assertThat(rig.discover().engines()).extracting(Found::kind).doesNotContain("toy");
    }

    @Test
    void aPidThatAnotherEngineGotIsThatEngine() {
        rig.process(60, 1, 5, "toy", "--port", port()).listens(server.port(), 60L);
        assertThat(rig.only().kind()).isEqualTo("toy");

        takenOver();
        rig.process(60, 1, 9, "other", "--port", port());

        assertThat(rig.only().kind()).isEqualTo("other");
    }

    @Test
    void aPidThatAProgramWithoutAnEngineGotLeavesNothing() {
        rig.process(60, 1, 5, "toy", "--port", port()).listens(server.port(), 60L);
        rig.only();

        rig.process(60, 1, 9, "sleep", "1000");
        rig.listeners.clear();

        assertThat(rig.discover().engines()).isEmpty();
        assertThat(server.paths()).hasSize(1);
    }

    @Test
    void aProcessThatEndsWhileItsPortIsAskedIsGoneAtTheNextLook() {
        rig.process(60, 1, "toy", "--port", port()).listens(server.port(), 60L);
        server.compute("/id", request -> {
            rig.gone(60);
            return CannedAnswer.json("{\"engine\":\"toy\"}");
        });

        assertThat(rig.discover().engines()).hasSize(1);
        assertThat(rig.discover().engines()).isEmpty();
    }

    private void takenOver() {
        server.replace("/id", CannedAnswer.json("{\"engine\":\"other\"}"));
    }

    private String port() {
        return String.valueOf(server.port());
    }
}
