// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where NVML's library lies: the places that the dynamic linker looks at, and those that drivers use besides. Looked up in files,
 * so that a machine without the library never loads JNA. The CUDA toolkit's stub, which loads but is no driver, is passed over.
 */
final class LibraryPlaces {
    private static final List<String> NAMES = List.of("libnvidia-ml.so.1", "libnvidia-ml.so");

    /** Under WSL2 the ordinary places hold a stub. */
    private static final String WSL = "/usr/lib/wsl/lib";

    private static final List<String> DIRECTORIES = List.of(
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu",
            "/lib/x86_64-linux-gnu",
            "/lib/aarch64-linux-gnu",
            "/usr/lib64",
            "/lib64",
            "/usr/lib",
            "/lib",
            "/usr/local/lib",
            "/run/opengl-driver/lib",
            "/usr/lib/aarch64-linux-gnu/tegra",
            "/usr/lib/aarch64-linux-gnu/nvidia");

    private static final long MOST_CACHE_BYTES = 16 << 20;

    private final SystemFiles files;
    private final String linkerPath;

    /** @param linkerPath {@code LD_LIBRARY_PATH} of this process; empty for none */
    LibraryPlaces(SystemFiles files, String linkerPath) {
        this.files = files;
        this.linkerPath = linkerPath;
    }

    /** Files to be tried in this order; none where the machine has no such library. */
    List<String> find() {
        Set<String> found = new LinkedHashSet<>();
        List<String> cached = cached();
        if (isWsl()) {
            add(found, files.at(WSL).resolve(NAMES.get(0)));
        }
        for (String name : NAMES) {
            for (String directory : linkerPath.split("[:;]", -1)) {
                addBelow(found, directory, name);
            }
            for (String path : cached) {
                if (path.startsWith("/") && path.endsWith("/" + name)) {
                    add(found, files.at(path));
                }
            }
            for (String directory : DIRECTORIES) {
                add(found, files.at(directory).resolve(name));
            }
        }
        return List.copyOf(found);
    }

    private boolean isWsl() {
        return files.text("/proc/sys/kernel/osrelease")
                .map(release -> release.toLowerCase(Locale.ROOT))
                .filter(release -> release.contains("microsoft"))
                .isPresent();
    }

    private static void addBelow(Set<String> found, String directory, String name) {
        try {
            if (!directory.isBlank()) {
                add(found, Path.of(directory).resolve(name));
            }
        } catch (InvalidPathException notOne) {
            // The linker passes over it too.
        }
    }

    private static void add(Set<String> found, Path path) {
        try {
            // One library has several names: once is enough.
            Path real = path.toRealPath();
            if (Files.isRegularFile(real) && !isStub(path) && !isStub(real)) {
                found.add(real.toString());
            }
        } catch (IOException absent) {
            // Looked for in the next place.
        }
    }

    private static boolean isStub(Path path) {
        Path directory = path.getParent();
        return directory != null && directory.endsWith("stubs");
    }

    /** What the linker's cache knows: its entries are paths that end with a zero. */
    private List<String> cached() {
        Path cache = files.at("/etc/ld.so.cache");
        List<String> paths = new ArrayList<>();
        try {
            if (Files.size(cache) > MOST_CACHE_BYTES) {
                return paths;
            }
            String text = new String(Files.readAllBytes(cache), StandardCharsets.ISO_8859_1);
            for (int at = text.indexOf("/libnvidia-ml.so"); at >= 0; at = text.indexOf("/libnvidia-ml.so", at + 1)) {
                int begin = text.lastIndexOf('\0', at) + 1;
                int end = text.indexOf('\0', at);
                paths.add(text.substring(begin, end < 0 ? text.length() : end));
            }
        } catch (IOException noCache) {
            // Then there are the directories.
        }
        return paths;
    }
}
