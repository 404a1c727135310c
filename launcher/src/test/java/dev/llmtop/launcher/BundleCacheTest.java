// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleCacheTest {
    @TempDir
    private Path folder;

    @Test
    void theSecondInstanceGetsAFolderOfItsOwnThatGoesWithIt() throws IOException {
        Path privateStorage;
        try (BundleCache first = open("a")) {
            assertThat(first.lasting()).isTrue();
            try (BundleCache second = open("a")) {
                assertThat(second.lasting()).isFalse();
                privateStorage = Files.createDirectories(second.storage());
                assertThat(privateStorage).isNotEqualTo(first.storage());
                Files.writeString(privateStorage.resolve("x"), "x");
            }
            assertThat(privateStorage.getParent()).doesNotExist();
        }
        try (BundleCache third = open("a")) {
            assertThat(third.lasting()).isTrue();
        }
    }

    @Test
    void aCompleteCacheIsKeptAndAnUnfinishedOneIsNot() throws IOException {
        try (BundleCache cache = open("a")) {
            Files.createDirectories(cache.storage().resolve("bundle1"));
        }
        try (BundleCache cache = open("a")) {
            assertThat(cache.storage()).doesNotExist();
            Files.createDirectories(cache.storage().resolve("bundle1"));
            cache.complete();
        }
        try (BundleCache cache = open("a")) {
            assertThat(cache.storage().resolve("bundle1")).exists();
            cache.reset();
            assertThat(cache.storage()).doesNotExist();
        }
    }

    @Test
    void anUpgradeRemovesTheOldCacheUnlessItIsInUse() throws IOException {
        open("unused").close();
        Files.createDirectories(folder.resolve("foreign"));
        try (BundleCache used = open("used");
                BundleCache now = open("new")) {
            assertThat(now.lasting()).isTrue();
            assertThat(used.lasting()).isTrue();
            assertThat(folder.resolve("unused")).doesNotExist();
            assertThat(folder.resolve("used")).exists();
            assertThat(folder.resolve("foreign")).exists();
        }
    }

    @Test
    void anUnusableOrMissingCacheFolderMeansAPrivateOne() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        try (BundleCache cache = BundleCache.open(Optional.of(file.resolve("llmtop")), "a")) {
            assertThat(cache.lasting()).isFalse();
        }
        try (BundleCache cache = BundleCache.open(Optional.empty(), "a")) {
            assertThat(cache.lasting()).isFalse();
        }
    }

    @Test
    void whatAKilledInstanceLeftInTheTemporaryFolderGoesWithTheNextPrivateOne() throws IOException {
        Path abandoned = Files.createTempDirectory("llmtop-");
        Files.writeString(abandoned.resolve("lock"), "");
        Path foreign = Files.createTempDirectory("llmtop-");
        try (BundleCache alive = BundleCache.open(Optional.empty(), "a");
                BundleCache other = BundleCache.open(Optional.empty(), "a")) {
            assertThat(abandoned).doesNotExist();
            assertThat(foreign).exists();
            assertThat(alive.storage().getParent()).exists();
            assertThat(other.storage().getParent()).exists();
        } finally {
            Files.delete(foreign);
        }
    }

    @Test
    void theCacheIsClosedToOthers() throws IOException {
        Path deep = folder.resolve("x/llmtop");
        BundleCache.open(Optional.of(deep), "a").close();
        assertThat(Files.getPosixFilePermissions(deep)).hasSize(3);
        assertThat(Files.getPosixFilePermissions(deep.resolve("a"))).hasSize(3);
    }

    private BundleCache open(String content) throws IOException {
        return BundleCache.open(Optional.of(folder), content);
    }
}
