// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.amd;

import dev.llmtop.gpu.drm.SystemFiles;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Processes that compute through ROCm, of all users: {@code /sys/class/kfd/kfd/proc/PID/vram_GPUID} (drivers/gpu/drm/amd/amdkfd,
 * kfd_process.c). The pids are the machine's: in a pid namespace of our own they mean nothing and are left out. Not safe for several
 * threads.
 */
final class ComputeProcesses {
    private static final String KFD = "/sys/class/kfd/kfd";
    private static final String HOST_PIDS = "pid:[4026531836]";
    private static final String FOREIGN =
            "processes that compute through ROCm are listed by pids of the host, which mean nothing in this container: start it"
                    + " with --pid=host, or run llmtop on the host";

    private final SystemFiles files;
    private final Map<String, String> addresses = new HashMap<>();

    ComputeProcesses(SystemFiles files) {
        this.files = files;
    }

    /**
     * What was read.
     *
     * @param bytes of VRAM by process, then by the card's address
     * @param problem why processes are left out
     */
    record Seen(Map<Long, Map<String, Long>> bytes, Optional<String> problem) {
        static final Seen NOTHING = new Seen(Map.of(), Optional.empty());
    }

    Seen read() {
        Map<Long, Map<String, Long>> bytes = new TreeMap<>();
        for (String name : files.names(KFD + "/proc")) {
            if (name.matches("\\d{1,10}")) {
                Map<String, Long> held = held(KFD + "/proc/" + name);
                if (!held.isEmpty()) {
                    bytes.put(Long.valueOf(name), held);
                }
            }
        }
        boolean foreign = files.link("/proc/self/ns/pid")
                .filter(own -> !own.equals(HOST_PIDS))
                .isPresent();
        return foreign && !bytes.isEmpty()
                ? new Seen(Map.of(), Optional.of(FOREIGN))
                : new Seen(bytes, Optional.empty());
    }

    private Map<String, Long> held(String folder) {
        Map<String, Long> held = new HashMap<>();
        for (String name : files.names(folder)) {
            if (name.matches("vram_\\d{1,10}")) {
                files.number(folder + "/" + name)
                        .known()
                        .filter(bytes -> bytes > 0)
                        .ifPresent(bytes -> address(name.substring("vram_".length()))
                                .ifPresent(address -> held.merge(address, bytes, Long::sum)));
            }
        }
        return held;
    }

    private Optional<String> address(String gpuId) {
        if (!addresses.containsKey(gpuId)) {
            String nodes = KFD + "/topology/nodes";
            for (String node : files.names(nodes)) {
                String at = nodes + "/" + node;
                files.text(at + "/gpu_id")
                        .filter(id -> !id.equals("0"))
                        .ifPresent(id -> files.text(at + "/properties")
                                .flatMap(ComputeProcesses::addressOf)
                                .ifPresent(address -> addresses.put(id, address)));
            }
        }
        return Optional.ofNullable(addresses.get(gpuId));
    }

    /** {@code location_id} is bus * 256 + device * 8 + function; {@code domain} stands beside it. */
    static Optional<String> addressOf(String properties) {
        Map<String, Long> values = new HashMap<>();
        properties.lines().map(line -> line.strip().split("\\s+")).forEach(fields -> {
            if (fields.length == 2 && fields[1].matches("\\d{1,18}")) {
                values.put(fields[0], Long.valueOf(fields[1]));
            }
        });
        Long location = values.get("location_id");
        return location == null
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%04x:%02x:%02x.%d",
                        values.getOrDefault("domain", 0L),
                        location >> 8 & 0xff,
                        location >> 3 & 0x1f,
                        location & 7));
    }
}
