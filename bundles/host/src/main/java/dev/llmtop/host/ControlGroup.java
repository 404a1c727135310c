// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads which container a process is in from {@code /proc/PID/cgroup}. The shapes of the paths are the runtimes' own (moby
 * daemon/oci_linux.go, podman libpod/oci_conmon_linux.go, containerd internal/cri/server/helpers.go, cri-o cgmgr, lxc cgroup.h).
 *
 * @param id 64 hexadecimal digits, or the name where the runtime has only names
 * @param runtime such as {@code docker}
 */
record ControlGroup(String id, String runtime) {
    private static final String DELETED = " (deleted)";

    /** The hierarchies that carry the path on hosts of version 1, in this order; version 2 comes before them. */
    private static final List<String> CONTROLLERS = List.of("name=systemd", "memory", "pids", "cpu");

    /** The innermost container; empty outside one, or where the path is not shown (our own container seen from inside). */
    static Optional<ControlGroup> read(String text) {
        List<String> paths = new ArrayList<>();
        List<String> lines = text.lines().toList();
        addPath(paths, lines, "");
        CONTROLLERS.forEach(controller -> addPath(paths, lines, controller));
        return paths.stream().flatMap(path -> ofPath(path).stream()).findFirst();
    }

    private static void addPath(List<String> paths, List<String> lines, String controller) {
        for (String line : lines) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && List.of(parts[1].split(",")).contains(controller)) {
                paths.add(parts[2]);
            }
        }
    }

    /** Containers nest: the last segment that fits is the innermost. */
    static Optional<ControlGroup> ofPath(String path) {
        String alive = path.endsWith(DELETED) ? path.substring(0, path.length() - DELETED.length()) : path;
        String[] segments = alive.split("/");
        for (int at = segments.length - 1; at > 0; at--) {
            Optional<ControlGroup> found = ofSegment(segments, at);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<ControlGroup> ofSegment(String[] segments, int at) {
        String segment = segments[at];
        String parent = segments[at - 1];
        String name = without(segment, ".scope");
        int dash = name.lastIndexOf('-');
        String id = name.substring(dash + 1);
        if (isId(id)) {
            return dash < 0
                    ? Optional.of(new ControlGroup(id, runtimeOfPlainId(segments, at)))
                    : runtimeOfPrefix(name.substring(0, dash)).map(runtime -> new ControlGroup(id, runtime));
        }
        if (segment.startsWith("lxc.payload.")) {
            return Optional.of(new ControlGroup(segment.substring("lxc.payload.".length()), "lxc"));
        }
        if (parent.equals("lxc") && !segment.isEmpty()) {
            return Optional.of(new ControlGroup(segment, "lxc"));
        }
        if (segment.startsWith("systemd-nspawn@") && segment.endsWith(".service")) {
            String machine = segment.substring("systemd-nspawn@".length(), segment.length() - ".service".length());
            return Optional.of(new ControlGroup(machine, "systemd-nspawn"));
        }
        // A virtual machine of libvirt stands beside them as machine-qemu\x2d…: no container.
        if (segment.startsWith("machine-") && segment.endsWith(".scope") && !segment.startsWith("machine-qemu")) {
            return Optional.of(
                    new ControlGroup(name.substring("machine-".length()).replace("\\x2d", "-"), "systemd-nspawn"));
        }
        return Optional.empty();
    }

    /** {@code libpod-conmon-ID} and {@code crio-conmon-ID} are the monitor of a container, not the container. */
    private static Optional<String> runtimeOfPrefix(String prefix) {
        return switch (prefix) {
            case "docker" -> Optional.of("docker");
            case "libpod", "libpod-payload" -> Optional.of("podman");
            case "nerdctl", "cri-containerd" -> Optional.of("containerd");
            case "crio" -> Optional.of("cri-o");
            default -> Optional.empty();
        };
    }

    private static String runtimeOfPlainId(String[] segments, int at) {
        for (int above = 1; above < at; above++) {
            if (segments[above].startsWith("kubepods")) {
                return "kubernetes";
            }
        }
        String parent = segments[at - 1];
        // Namespaces of containerd; any other parent is Docker's default or its --cgroup-parent.
        return parent.equals("default") || parent.equals("k8s.io") ? "containerd" : "docker";
    }

    private static String without(String text, String end) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }

    static boolean isId(String text) {
        return text.length() == 64
                && text.chars().allMatch(one -> one >= '0' && one <= '9' || one >= 'a' && one <= 'f');
    }
}
