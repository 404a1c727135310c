// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import com.sun.management.ThreadMXBean;
import dev.llmtop.agent.ProcessTable.Listener;
import dev.llmtop.agent.ProcessTable.ProcessScan;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Not a test: prints what one pass costs with this many more processes (first argument), each a {@code sleep}. Run it with the
 * test class path.
 */
public final class ScanCost {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 60;

    private ScanCost() {}

    public static void main(String[] arguments) throws Exception {
        List<Process> sleepers = new ArrayList<>();
        for (int at = 0; at < Integer.parseInt(arguments[0]); at++) {
            sleepers.add(new ProcessBuilder("sleep", "600").start());
        }
        try {
            measure();
        } finally {
            sleepers.forEach(Process::destroyForcibly);
        }
    }

    private static void measure() throws InterruptedException {
        LinuxTable table = new LinuxTable(Path.of("/proc"));
        cost("first scan", 1, table::scan);
        ProcessScan scan = table.scan();
        Set<Long> inodes = new HashSet<>();
        for (Listener listener : scan.listeners()) {
            inodes.add(listener.inode());
        }
        System.out.println(scan.processes().size() + " processes, " + inodes.size() + " listeners");
        cost("first owners of all", 1, () -> table.owners(inodes));
        cost("scan, all are young", ROUNDS, table::scan);
        // What is ten seconds old has its command line read no more.
        TimeUnit.SECONDS.sleep(11);
        cost("scan", 1, table::scan);
        cost("scan", ROUNDS, table::scan);
        cost("owners of all, held", ROUNDS, () -> table.owners(inodes));
        cost("owners of none", ROUNDS, () -> new LinuxTable(Path.of("/proc")).owners(Set.of(1L)));
        SocketTable sockets = new SocketTable();
        cost("of it listeners", ROUNDS, () -> sockets.listenersQuickly("/proc/net"));
        LinuxHost host = new LinuxHost(Path.of("/proc"));
        cost("first host sample", 1, host::sample);
        cost("host sample", ROUNDS, host::sample);
    }

    private static void cost(String what, int rounds, Runnable action) {
        double[] wall = new double[rounds];
        long thread = Thread.currentThread().getId();
        long processor = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getThreadAllocatedBytes(thread);
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            action.run();
            wall[round] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(wall);
        System.out.printf(
                "%-22s median %7.2f ms  cpu %7.2f ms  allocated %7d KB%n",
                what,
                wall[rounds / 2],
                (THREADS.getCurrentThreadCpuTime() - processor) / 1e6 / rounds,
                (THREADS.getThreadAllocatedBytes(thread) - allocated) / 1024 / rounds);
    }
}
