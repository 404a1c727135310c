// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.llmtop.agent.Discovery.Discovered;
import dev.llmtop.agent.Discovery.Found;
import dev.llmtop.agent.Explanation.LeftAlone;
import dev.llmtop.model.State;
import dev.llmtop.model.Verdict;
import dev.llmtop.spi.Strength;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Unix socket is named as its process sees it, and reached as we do. */
class ContainedSocketsTest {
    private static final String NAMED = "/run/inside/toy.sock";

    @TempDir
    Path folder;

    private final Rig rig = new Rig()
            .install(ToyAdapter.recognizing("toy", "/toy/id", Strength.DISTINCTIVE)
                    .commands("exe:toy")
                    .ports(8_000))
            .process(60, 1, "toy", "serve", "--uds", NAMED);

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void inAContainerItIsReachedThroughItsProcess() throws IOException {
        Path socket = folder.resolve("toy.sock");
        rig.files.put(NAMED, Optional.of(socket.toString()));
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(socket));

            assertThat(rig.explain().candidates()).singleElement().satisfies(candidate -> {
                assertThat(candidate.address()).isEqualTo("unix:" + socket);
                assertThat(candidate.requests()).isNotEmpty();
                assertThat(candidate.evidence())
                        .anySatisfy(evidence -> assertThat(evidence.says())
                                .contains("names this Unix socket, " + NAMED + ", which is inside its container"));
            });
        }
    }

    @Test
    void whereItIsNotThereYetTheEngineIsLoading() {
        rig.files.put(NAMED, Optional.of(folder.resolve("later.sock").toString()));

        Found found = rig.only();

        assertThat(found.state()).isEqualTo(State.LOADING);
        assertThat(found.id()).isEqualTo("unix:" + folder.resolve("later.sock"));
    }

    @Test
    void outOfReachItIsLeftAloneAndSaysWhoReachesIt() {
        rig.files.put(NAMED, Optional.empty());

        Discovered discovered = rig.discover();

        assertThat(discovered.engines()).isEmpty();
        assertThat(discovered.scan().candidates()).singleElement().satisfies(candidate -> {
            assertThat(candidate.address()).isEqualTo("unix:" + NAMED);
            assertThat(candidate.pid()).hasValue(60);
            assertThat(candidate.verdict()).isEqualTo(Verdict.LEFT_ALONE);
            assertThat(candidate.why()).contains("only root and its own user reach it (/proc/PID/root)");
        });
        assertThat(rig.explain().leftAlone())
                .extracting(LeftAlone::addresses)
                .containsExactly(java.util.List.of("unix:" + NAMED));
    }

    @Test
    void inAFolderThatIsClosedToUsThatIsSaid() throws IOException {
        assumeFalse("root".equals(System.getProperty("user.name")), "skipped: no folder is closed to root");
        Path closed = Files.createDirectory(folder.resolve("closed"));
        rig.files.put(NAMED, Optional.of(closed.resolve("toy.sock").toString()));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));

        assertThat(rig.discover().scan().candidates())
                .singleElement()
                .satisfies(candidate ->
                        assertThat(candidate.why()).contains("in a directory that this user may not enter"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
}
