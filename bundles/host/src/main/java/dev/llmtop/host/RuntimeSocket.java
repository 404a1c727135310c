// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The socket of a container runtime.
 *
 * @param runtime {@code docker} or {@code podman}; podman's may stand at docker's path
 * @param path of the socket itself, links resolved
 */
record RuntimeSocket(String runtime, Path path) {
    static final String DOCKER = "docker";
    static final String PODMAN = "podman";

    /** Those that are there, by where the projects put them; {@code run} is {@code /run}. */
    static List<RuntimeSocket> present(Path run, Map<String, String> environment) {
        List<RuntimeSocket> places = new ArrayList<>();
        String named = environment.getOrDefault("DOCKER_HOST", "");
        if (named.startsWith("unix://")) {
            add(places, DOCKER, named.substring("unix://".length()));
        }
        add(places, DOCKER, run + "/docker.sock");
        add(places, PODMAN, run + "/podman/podman.sock");
        String own = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (own.startsWith("/")) {
            add(places, DOCKER, own + "/docker.sock");
            add(places, PODMAN, own + "/podman/podman.sock");
        }
        Map<Path, RuntimeSocket> sockets = new LinkedHashMap<>();
        places.forEach(place -> place.resolved().ifPresent(socket -> sockets.putIfAbsent(socket.path(), socket)));
        return List.copyOf(sockets.values());
    }

    /** Whether this user may talk to it. */
    boolean open() {
        return Files.isReadable(path) && Files.isWritable(path);
    }

    /** Whose it is; negative where that cannot be told. */
    int owner() {
        try {
            return Files.getAttribute(path, "unix:uid") instanceof Integer uid ? uid : -1;
        } catch (IOException | UnsupportedOperationException gone) {
            return -1;
        }
    }

    private static void add(List<RuntimeSocket> places, String runtime, String path) {
        try {
            places.add(new RuntimeSocket(runtime, Path.of(path)));
        } catch (InvalidPathException noPath) {
            // What the environment names is no path: there is no socket there.
        }
    }

    private Optional<RuntimeSocket> resolved() {
        try {
            Path real = path.toRealPath();
            boolean podmans = real.endsWith("podman.sock");
            return Optional.of(new RuntimeSocket(podmans ? PODMAN : runtime, real));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
