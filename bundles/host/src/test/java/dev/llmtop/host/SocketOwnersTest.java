// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketOwnersTest {
    private static final long MINUTE = 60_000_000_000L;

    @TempDir
    Path folder;

    private final AtomicLong clock = new AtomicLong();
    private ProcTree tree;
    private LinuxProcesses processes;
    private SocketOwners owners;

    @BeforeEach
    void makeTree() {
        tree = new ProcTree(folder).process(1, 0, 1, "init", "/sbin/init").link(1, 0, "pipe:[9]");
        processes = new LinuxProcesses(folder);
        owners = new SocketOwners(new OpenFiles(folder), clock::get);
    }

    @Test
    void holderIsFoundByItsDescriptor() {
        tree.process(42, 1, 10, "x", "x")
                .link(42, 0, "pipe:[500]")
                .link(42, 1, "socket:[x]")
                .socket(42, 7, 500);

        assertThat(ask(500)).containsExactly(Map.entry(500L, Set.of(42L)));
    }

    @Test
    void socketWithoutReadableHolderIsLeftOut() {
        tree.process(42, 1, 10, "x", "x").process(43, 1, 10, "y", "y").socket(43, 3, 501);

        assertThat(ask(500, 501)).containsExactly(Map.entry(501L, Set.of(43L)));
    }

    @Test
    void familyThatSharesASocketIsFoundWhole() {
        // A supervisor that does not hold it, a master and two workers that do, a helper that closed it, a stranger.
        tree.process(40, 1, 10, "super", "super").link(40, 0, "pipe:[9]");
        tree.process(41, 40, 20, "master", "master").socket(41, 3, 500);
        tree.process(42, 41, 30, "worker", "worker", "--port", "8000").socket(42, 3, 500);
        tree.process(43, 41, 30, "worker", "worker").socket(43, 9, 500);
        tree.process(44, 43, 40, "helper", "helper").link(44, 0, "pipe:[9]");
        tree.process(50, 1, 50, "other", "other").socket(50, 3, 999);

        assertThat(ask(500)).containsExactly(Map.entry(500L, Set.of(41L, 42L, 43L)));
    }

    @Test
    void holderThatClosedItOrEndedIsNoOwnerAnyMore() {
        tree.process(42, 1, 10, "x", "x")
                .socket(42, 3, 500)
                .process(43, 1, 10, "y", "y")
                .socket(43, 3, 501);
        assertThat(ask(500, 501)).hasSize(2);

        tree.close(42, 3).end(43);

        assertThat(ask(500, 501)).isEmpty();
    }

    @Test
    void samePidWithAnotherStartIsAnotherProcess() {
        tree.process(42, 1, 10, "x", "x").socket(42, 3, 500);
        assertThat(ask(500)).hasSize(1);

        tree.process(42, 1, 99, "x", "x").link(42, 3, "pipe:[9]").socket(42, 4, 500);

        assertThat(ask(500)).containsExactly(Map.entry(500L, Set.of(42L)));
    }

    @Test
    void newChildOfAHolderIsFoundAtTheNextCall() {
        tree.process(42, 1, 10, "x", "x").socket(42, 3, 500);
        ask(500);

        tree.process(43, 42, 20, "x", "x").socket(43, 3, 500);

        assertThat(ask(500)).containsExactly(Map.entry(500L, Set.of(42L, 43L)));
    }

    @Test
    void ownerlessSocketIsLookedForEverywhereOnceAMinute() {
        tree.process(42, 1, 10, "x", "x");
        assertThat(ask(500)).isEmpty();

        tree.socket(42, 3, 500);
        assertThat(ask(500)).isEmpty();
        clock.addAndGet(2 * MINUTE);

        assertThat(ask(500)).containsExactly(Map.entry(500L, Set.of(42L)));
    }

    @Test
    void ownerlessSocketIsFoundInANewProcessAtOnce() {
        assertThat(ask(500)).isEmpty();

        tree.process(43, 1, 20, "y", "y").socket(43, 3, 500);

        assertThat(ask(500)).containsExactly(Map.entry(500L, Set.of(43L)));
    }

    @Test
    void loopOfParentsEnds() {
        tree.process(42, 43, 10, "x", "x")
                .socket(42, 3, 500)
                .process(43, 42, 10, "y", "y")
                .socket(43, 3, 500);

        assertThat(ask(500)).containsExactly(Map.entry(500L, Set.of(42L, 43L)));
    }

    private Map<Long, Set<Long>> ask(long... inodes) {
        return owners.owners(Arrays.stream(inodes).boxed().collect(Collectors.toSet()), processes.scan());
    }
}
