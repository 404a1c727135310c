// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * What a sample costs, and whether samples leak: run by hand with the fake library, {@code FAKE_NVML_DEVICES} and {@code
 * FAKE_NVML_PROCESSES}. Arguments: library, number of samples.
 */
final class SampleCost {
    private static final int WARM = 500;

    private SampleCost() {}

    public static void main(String[] arguments) throws IOException {
        NvmlGpus gpus = new NvmlGpus(new Configured(arguments[0], "/", true, 1), Duration.ofSeconds(60));
        int samples = Integer.parseInt(arguments[1]);
        for (int at = 0; at < WARM; at++) {
            gpus.sample();
        }
        System.gc();
        System.out.println("resident after " + WARM + ": " + resident());
        long[] nanos = new long[samples];
        for (int at = 0; at < samples; at++) {
            long began = System.nanoTime();
            gpus.sample();
            nanos[at] = System.nanoTime() - began;
            if ((at + 1) % Math.max(1, samples / 5) == 0) {
                System.gc();
                System.out.println("resident after " + (WARM + at + 1) + ": " + resident());
            }
        }
        Arrays.sort(nanos);
        System.out.println("median " + nanos[samples / 2] / 1_000 + " us, 99 of 100 within "
                + nanos[samples * 99 / 100] / 1_000 + " us");
        gpus.stop();
        System.exit(0);
    }

    private static String resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .findFirst()
                .orElse("");
    }
}
