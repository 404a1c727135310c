// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Says how fast a page of 10 MB is read. Not a test: run it by hand, with the flags that the program starts with. */
public final class ReaderSpeed {
    private ReaderSpeed() {}

    public static void main(String[] arguments) throws IOException {
        byte[] page = page();
        report("nearly all wanted", page, new SeriesPage.Collector("vllm:", Set.of("vllm:took_seconds_bucket"), 200));
        report("another prefix", page, new SeriesPage.Collector("sglang:", Set.of("sglang:x"), 200));
        report("one name in 21 wanted", page, new SeriesPage.Collector("vllm:", Set.of("vllm:took_seconds_sum"), 0));
    }

    private static void report(String what, byte[] page, PageConsumer consumer) throws IOException {
        long best = Long.MAX_VALUE;
        PageSummary summary = ExpositionReader.read(new ByteArrayInputStream(page), consumer);
        for (int round = 0; round < 20; round++) {
            long start = System.nanoTime();
            ExpositionReader.read(new ByteArrayInputStream(page), new Quiet(consumer));
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.printf(
                "%-24s %6.0f MB/s, %d kept of %d lines%n",
                what, page.length * 1e3 / best, summary.kept(), summary.lines());
    }

    private record Quiet(PageConsumer inner) implements PageConsumer {
        @Override
        public String prefix() {
            return inner.prefix();
        }

        @Override
        public boolean wants(String name) {
            return inner.wants(name);
        }

        @Override
        public void sample(Sample sample) {}
    }

    private static byte[] page() {
        StringBuilder page = new StringBuilder("# TYPE vllm:took_seconds histogram\n");
        for (int engine = 0; page.length() < 10_000_000; engine++) {
            for (int bound = 0; bound < 20; bound++) {
                page.append("vllm:took_seconds_bucket{engine=\"")
                        .append(engine)
                        .append("\",le=\"")
                        .append(bound * 0.25)
                        .append("\",model_name=\"tiny-llama\"} ")
                        .append(engine * 31L + bound)
                        .append(".0\n");
            }
            page.append("vllm:took_seconds_sum{engine=\"")
                    .append(engine)
                    .append("\",model_name=\"tiny-llama\"} ")
                    .append(engine * 0.123_456_789)
                    .append('\n');
        }
        return page.toString().getBytes(StandardCharsets.UTF_8);
    }
}
