// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryPlacesTest {
    @TempDir
    Path folder;

    private Path root;

    @BeforeEach
    void resolve() throws IOException {
        root = folder.toRealPath();
    }

    private String file(String path) throws IOException {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        return Files.writeString(file, path).toString();
    }

    private LibraryPlaces places(String linkerPath) {
        return new LibraryPlaces(new SystemFiles(root), linkerPath);
    }

    @Test
    void aMachineWithoutTheLibraryHasNoPlace() throws IOException {
        file("/usr/lib64/libnvidia-tls.so.1");
        file("/etc/ld.so.cache");

        assertThat(places("/nowhere:").find()).isEmpty();
    }

    @Test
    void theVersionedNameComesFirstWhereverItLies() throws IOException {
        String plain = file("/usr/lib/x86_64-linux-gnu/libnvidia-ml.so");
        String versioned = file("/run/opengl-driver/lib/libnvidia-ml.so.1");

        assertThat(places("").find()).containsExactly(versioned, plain);
    }

    @Test
    void theLinkersPathComesBeforeItsCacheAndThatBeforeDirectories() throws IOException {
        String own = file("/opt/own/libnvidia-ml.so.1");
        String cached = file("/opt/cached/libnvidia-ml.so.1");
        String usual = file("/usr/lib64/libnvidia-ml.so.1");
        Path cache = root.resolve("etc/ld.so.cache");
        Files.createDirectories(cache.getParent());
        Files.write(
                cache,
                "glibc-ld.so.cache1.1\0libnvidia-ml.so.1\0/opt/cached/libnvidia-ml.so.1\0\u00ff/gone/libnvidia-ml.so.1"
                        .getBytes(StandardCharsets.ISO_8859_1));

        assertThat(places(":" + root.resolve("opt/own") + ":\0").find()).containsExactly(own, cached, usual);
    }

    @Test
    void underWslItsOwnLibraryComesFirst() throws IOException {
        String usual = file("/usr/lib/x86_64-linux-gnu/libnvidia-ml.so.1");
        String wsl = file("/usr/lib/wsl/lib/libnvidia-ml.so.1");
        assertThat(places("").find()).containsExactly(usual);

        Path release = root.resolve("proc/sys/kernel/osrelease");
        Files.createDirectories(release.getParent());
        Files.writeString(release, "5.15.90.1-microsoft-standard-WSL2\n");

        assertThat(places("").find()).containsExactly(wsl, usual);
    }

    @Test
    void theStubOfTheToolkitIsNoDriver() throws IOException {
        file("/usr/local/cuda/lib64/stubs/libnvidia-ml.so");
        Path link = root.resolve("usr/lib/libnvidia-ml.so");
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of("../local/cuda/lib64/stubs/libnvidia-ml.so"));

        assertThat(places(root.resolve("usr/local/cuda/lib64/stubs").toString()).find())
                .isEmpty();
    }

    @Test
    void severalNamesOfOneLibraryAreOnePlace() throws IOException {
        String real = file("/usr/lib/x86_64-linux-gnu/libnvidia-ml.so.550.163.01");
        Path directory = Path.of(real).getParent();
        Files.createSymbolicLink(directory.resolve("libnvidia-ml.so.1"), Path.of("libnvidia-ml.so.550.163.01"));
        Files.createSymbolicLink(directory.resolve("libnvidia-ml.so"), Path.of("libnvidia-ml.so.1"));

        assertThat(places("").find()).containsExactly(real);
    }
}
