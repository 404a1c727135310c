// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files as other processes name them: a container has mounts of its own, which {@code /proc/PID/root} leads into. */
final class LinuxFiles {
    private final Path proc;

    LinuxFiles(Path proc) {
        this.proc = proc;
    }

    /**
     * The path by which we can open what a process calls {@code path}.
     *
     * @param contained whether it is known to be in a container, for where its mounts cannot be looked at
     */
    Optional<String> pathOf(long pid, String path, boolean contained) {
        Optional<String> own = mounts("self");
        Optional<String> its = mounts(Long.toString(pid));
        if (own.isPresent() && its.isPresent()) {
            return Optional.of(own.equals(its) ? path : proc + "/" + pid + "/root" + path);
        }
        return contained ? Optional.empty() : Optional.of(path);
    }

    /** Empty where it is refused: that takes the same user, and the same rights. */
    private Optional<String> mounts(String process) {
        try {
            return Optional.of(Files.readSymbolicLink(proc.resolve(process).resolve("ns/mnt"))
                    .toString());
        } catch (IOException | UnsupportedOperationException refused) {
            return Optional.empty();
        }
    }
}
