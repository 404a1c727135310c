// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;

/** Not a test: prints what one pass costs over a made-up tree of this many processes (arguments), each with a status and a socket. */
public final class TreeCost {
    private static final int ROUNDS = 15;

    private TreeCost() {}

    public static void main(String[] arguments) throws Exception {
        for (String count : arguments) {
            Path root = Files.createTempDirectory("llmtop-tree");
            try {
                measure(root, Integer.parseInt(count));
            } finally {
                try (var all = Files.walk(root)) {
                    for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        }
    }

    private static void measure(Path root, int count) {
        ProcTree tree = new ProcTree(root);
        for (int pid = 1; pid <= count; pid++) {
            tree.process(pid, pid == 1 ? 0 : 1, pid, "worker", "/usr/bin/worker", "--number", "" + pid);
        }
        LinuxTable table = new LinuxTable(root);
        long began = System.nanoTime();
        int read = table.scan().processes().size();
        double first = (System.nanoTime() - began) / 1e6;
        double[] later = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            began = System.nanoTime();
            table.scan();
            later[round] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(later);
        System.out.printf("%6d processes: first %8.1f ms, later median %8.1f ms%n", read, first, later[ROUNDS / 2]);
    }
}
