// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.drm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrmClientsTest {
    private static final String CARD = "0000:03:00.0";

    private final AtomicLong clock = new AtomicLong();
    private SystemTree tree;
    private DrmClients clients;

    @BeforeEach
    void prepare(@TempDir Path root) {
        tree = new SystemTree(root);
        tree.write("/proc/1/stat", "").link("/proc/1/fd/0", "/dev/llmtop-none");
        clients = new DrmClients(new SystemFiles(root), Duration.ofMillis(25), clock::get);
    }

    @Test
    void processesThatHaveACardOpenAreItsClients() {
        client(10, 7, "4", CARD);
        tree.link("/proc/11/fd/3", "/tmp/not-a-card");
        DrmClients.Seen seen = clients.read(Set.of(CARD));
        assertThat(seen.byPid()).containsOnlyKeys(10L);
        assertThat(seen.complete()).isTrue();
        assertThat(clients.read(Set.of("0000:99:00.0")).byPid()).isEmpty();
    }

    @Test
    void oneClientOfTwoDescriptorsAndOfTwoProcessesCountsOnce() {
        client(10, 7, "4", CARD);
        client(10, 8, "4", CARD);
        client(12, 3, "4", CARD);
        client(12, 4, "5", CARD);
        DrmClients.Seen seen = clients.read(Set.of(CARD));
        assertThat(seen.byPid().get(10L)).hasSize(1);
        assertThat(seen.byPid().get(12L)).extracting(DrmClient::id).containsExactly("5");
    }

    @Test
    void aProcessThatComesIsFoundWithinSecondsAndOneThatEndsAtOnce() throws Exception {
        assertThat(clients.read(Set.of(CARD)).byPid()).isEmpty();
        client(10, 7, "4", CARD);
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(clients.read(Set.of(CARD)).byPid()).isEmpty();
        clock.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(clients.read(Set.of(CARD)).byPid()).containsOnlyKeys(10L);
        Files.delete(tree.root().resolve("proc/10/fdinfo/7"));
        assertThat(clients.read(Set.of(CARD)).byPid()).isEmpty();
    }

    @Test
    void whatMayNotBeLookedIntoMakesItIncomplete() {
        tree.write("/proc/13/fd", "a file cannot be listed, whoever runs the test");
        assertThat(clients.read(Set.of(CARD)).complete()).isFalse();
    }

    @Test
    void aListWithoutTheFirstProcessIsHiddenInPart(@TempDir Path other) {
        SystemTree hidden = new SystemTree(other).link("/proc/10/fd/0", "/dev/llmtop-none");
        assertThat(new DrmClients(new SystemFiles(hidden.root()), Duration.ofMillis(25), clock::get)
                        .read(Set.of(CARD))
                        .complete())
                .isFalse();
    }

    /** Every look at the clock costs 10 ms here: a sample gets through two processes. */
    @Test
    void aBudgetThatIsUsedUpGoesOnAtTheNextSample(@TempDir Path other) {
        SystemTree many = new SystemTree(other);
        for (int pid = 1; pid <= 9; pid++) {
            many.client(pid, 3, "drm-driver: i915", "drm-client-id: " + pid, "drm-pdev: " + CARD);
        }
        DrmClients slow =
                new DrmClients(new SystemFiles(other), Duration.ofMillis(25), () -> clock.addAndGet(10_000_000L));
        DrmClients.Seen first = slow.read(Set.of(CARD));
        assertThat(first.byPid()).hasSizeBetween(1, 3);
        assertThat(first.complete()).isFalse();
        DrmClients.Seen last = first;
        for (int round = 0; round < 6; round++) {
            last = slow.read(Set.of(CARD));
        }
        assertThat(last.byPid()).hasSize(9);
        assertThat(last.complete()).isTrue();
    }

    private void client(long pid, int descriptor, String id, String card) {
        tree.client(pid, descriptor, "drm-driver:\ti915", "drm-client-id:\t" + id, "drm-pdev:\t" + card);
    }
}
