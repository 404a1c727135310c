// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.util.List;
import java.util.Optional;

/**
 * What {@code /proc/PID/mountinfo} tells of a container: runtimes mount a file over {@code /etc/hostname} from a folder that is
 * named after it. The folder's prefix depends on the file system, so it is read from its end.
 *
 * @param container id and runtime; empty outside docker and podman
 * @param kubernetesName the container's name in its pod, from the kubelet's {@code /dev/termination-log}
 */
record MountTable(Optional<ControlGroup> container, Optional<String> kubernetesName) {
    static MountTable read(String text) {
        Optional<ControlGroup> container = Optional.empty();
        Optional<String> name = Optional.empty();
        for (String line : text.lines().toList()) {
            String[] fields = line.split(" ", 6);
            if (fields.length < 5) {
                continue;
            }
            List<String> root = List.of(fields[3].split("/"));
            switch (fields[4]) {
                case "/etc/hostname", "/etc/resolv.conf" -> container = container.or(() -> container(root));
                case "/dev/termination-log" -> name = name.or(() -> kubernetesName(root));
                default -> {}
            }
        }
        return new MountTable(container, name);
    }

    private static Optional<ControlGroup> container(List<String> root) {
        for (int at = root.size() - 2; at > 0; at--) {
            String folder = root.get(at - 1);
            if (ControlGroup.isId(root.get(at)) && folder.endsWith("containers")) {
                String runtime = folder.equals("containers") ? "docker" : "podman";
                return Optional.of(new ControlGroup(root.get(at), runtime));
            }
        }
        return Optional.empty();
    }

    /** {@code …/pods/POD/containers/NAME/HASH}. */
    private static Optional<String> kubernetesName(List<String> root) {
        int size = root.size();
        return size >= 5
                        && root.get(size - 3).equals("containers")
                        && root.get(size - 5).equals("pods")
                ? Optional.of(root.get(size - 2))
                : Optional.empty();
    }
}
