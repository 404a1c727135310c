// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.io.File;
import java.util.Set;
import java.util.TreeSet;

/**
 * Memory of GPUs that Linux counts as its own: on a GH200 or GB200 the driver hands the GPU's memory to the system as NUMA nodes
 * without processors, and {@code MemTotal} contains it though the card tells it as well (developer.nvidia.com, "Understanding memory
 * management on hardware-coherent platforms"). A node without processors may also be a memory expander, which is plain RAM: so only
 * nodes that the firmware ties to a device (generic initiator), and on arm64 those beside a loaded NVIDIA driver.
 */
final class GpuNodes {
    private static final int MOST_BYTES = 65_536;
    private static final int MOST_NODES = 1_024;

    private final String nodes;
    private final boolean nvidiaOnArm;
    private final ProcFile file = new ProcFile();

    /**
     * @param nodes {@code /sys/devices/system/node}
     * @param nvidiaOnArm whether this is arm64 with NVIDIA's driver
     */
    GpuNodes(String nodes, boolean nvidiaOnArm) {
        this.nodes = nodes;
        this.nvidiaOnArm = nvidiaOnArm;
    }

    /** What is of GPUs; all 0 where nothing is. */
    record Memory(long totalBytes, long freeBytes, long cachedBytes) {
        static final Memory NONE = new Memory(0, 0, 0);
    }

    /** Reads two short lists; each node's own file only where there is one of these. */
    Memory read() {
        Set<Integer> ofGpus = list("has_memory");
        ofGpus.removeAll(list("has_cpu"));
        if (!ofGpus.isEmpty() && !nvidiaOnArm) {
            ofGpus.retainAll(list("has_generic_initiator"));
        }
        Memory sum = Memory.NONE;
        for (int node : ofGpus) {
            sum = plus(sum, node);
        }
        return sum;
    }

    static boolean nvidiaOnArm(String proc) {
        return SystemNames.architecture().equals("aarch64") && new File(proc, "driver/nvidia").isDirectory();
    }

    /** Lines are {@code Node 1 MemTotal: 97871 kB}. */
    private Memory plus(Memory sum, int node) {
        Bytes lines = read("node" + node + "/meminfo");
        long total = 0;
        long free = 0;
        long cached = 0;
        for (Bytes line = lines.line(); line != null; line = lines.line()) {
            String name = line.skipFields(2).field();
            long bytes = Math.max(0, line.number(0)) * 1024;
            switch (name) {
                case "MemTotal:" -> total = bytes;
                case "MemFree:" -> free = bytes;
                case "FilePages:", "SReclaimable:" -> cached += bytes;
                case "Shmem:" -> cached -= bytes;
                default -> {}
            }
        }
        return new Memory(sum.totalBytes() + total, sum.freeBytes() + free, sum.cachedBytes() + Math.max(0, cached));
    }

    /** A list such as {@code 0-1,4}; empty where there is none. */
    private Set<Integer> list(String name) {
        Set<Integer> numbers = new TreeSet<>();
        for (String range : read(name).rest().strip().split(",")) {
            if (range.matches("\\d{1,4}(-\\d{1,4})?")) {
                int dash = range.indexOf('-');
                int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
                int last = Integer.parseInt(range.substring(dash + 1));
                for (int node = first; node <= Math.min(last, MOST_NODES); node++) {
                    numbers.add(node);
                }
            }
        }
        return numbers;
    }

    private Bytes read(String name) {
        int length = Math.max(0, file.read(nodes + "/" + name, MOST_BYTES));
        return Bytes.of(file.bytes(), length);
    }
}
