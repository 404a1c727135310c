// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.agent.GpuDiagnostics.Call;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Value;
import dev.llmtop.spi.GpuSource.GpuSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process of its own, since the fake library asks its environment: samples NVML through JNA and prints what came of it, a line
 * each. Arguments: library, root, number of samples, milliseconds between them, milliseconds of patience.
 */
final class SamplePrinter {
    private SamplePrinter() {}

    public static void main(String[] arguments) throws InterruptedException, IOException {
        boolean on = System.getenv("SAMPLE_PRINTER_OFF") == null;
        NvmlGpus gpus = new NvmlGpus(
                new Configured(arguments[0], arguments[1], on, 1), Duration.ofMillis(Long.parseLong(arguments[4])));
        int samples = Integer.parseInt(arguments[2]);
        CountDownLatch never = new CountDownLatch(1);
        for (int at = 0; at < samples; at++) {
            long began = System.nanoTime();
            GpuSample sample = gpus.sample();
            System.out.println("took " + (System.nanoTime() - began) / 1_000_000);
            print(sample);
            if (at < samples - 1) {
                never.await(Long.parseLong(arguments[3]), TimeUnit.MILLISECONDS);
            }
        }
        gpus.calls().forEach(SamplePrinter::print);
        System.out.println("mapped " + mapped());
        long began = System.nanoTime();
        gpus.stop();
        System.out.println("stopped after " + (System.nanoTime() - began) / 1_000_000);
        System.exit(0);
    }

    /** Libraries of NVML, or of JNA, that this process has in its memory. */
    private static String mapped() throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.contains("nvidia") || line.contains("jna"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .distinct()
                    .sorted(Comparator.reverseOrder())
                    .collect(Collectors.joining(" "));
        }
    }

    private static void print(Call call) {
        System.out.println("call " + call.device() + " " + call.symbol() + " "
                + (call.code().isPresent() ? call.code().getAsInt() : "-") + " " + call.outcome() + " | "
                + call.value());
    }

    static void print(GpuSample sample) {
        sample.problems()
                .forEach(problem -> System.out.println("problem " + problem.source() + ": " + problem.detail()));
        sample.gpus().forEach(SamplePrinter::print);
    }

    private static void print(Gpu gpu) {
        String name = "gpu" + gpu.identity().index();
        System.out.println(
                name + " " + gpu.identity().name() + " | " + gpu.identity().uuid() + " | "
                        + gpu.identity().pciBusId() + " | " + gpu.identity().driver());
        System.out.println(name + " state " + gpu.state().code() + " unified "
                + gpu.memory().unified() + " " + gpu.memory().totalSource());
        System.out.println(name + " throttle " + gpu.throttle());
        gpu.figures()
                .asMap()
                .forEach((metric, value) -> System.out.println(name + " " + metric.jsonName() + " " + text(value)));
        gpu.tenants().processes().forEach(tenant -> print(name, tenant));
        gpu.tenants().mig().forEach(part -> {
            String below = name + "/" + part.index();
            System.out.println(below + " " + part.profile() + " | " + part.uuid() + " | "
                    + text(part.memoryTotalBytes()) + " | " + text(part.memoryUsedBytes()));
            part.processes().forEach(tenant -> print(below, tenant));
        });
    }

    private static void print(String name, Gpu.Tenant tenant) {
        System.out.println(
                name + " pid " + tenant.pid() + " " + text(tenant.memoryBytes()) + " " + text(tenant.smRatio()));
    }

    static String text(Value<?> value) {
        return value.missing()
                .map(missing -> missing.reason().code() + " (" + missing.detail() + ")")
                .orElseGet(() -> value.known().map(Object::toString).orElse(""));
    }
}
