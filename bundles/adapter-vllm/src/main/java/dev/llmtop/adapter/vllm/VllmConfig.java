// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllm;

import dev.llmtop.exposition.Sample;
import dev.llmtop.exposition.SeriesPage;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.spi.Description;
import dev.llmtop.spi.Reading;
import java.util.Optional;

/** The settings of a server that a person wants to see: of its command line, and what the metrics page adds. */
final class VllmConfig {
    private static final String NO_COMMAND_LINE = "the command line of the server is not known or may not be read";

    private VllmConfig() {}

    /** Says why the most requests in a batch are not known. */
    static void slotsUnknown(VllmFlags flags, Reading.Builder into) {
        if (flags.known()) {
            into.unavailable(
                    Metric.SLOTS,
                    Reason.NOT_EXPORTED,
                    "--max-num-seqs is not on the command line; its default depends on version and device");
        } else {
            into.unavailable(Metric.SLOTS, Reason.NO_PERMISSION, NO_COMMAND_LINE);
        }
    }

    static void describe(VllmFlags flags, Optional<SeriesPage> page, Description.Builder into) {
        if (flags.known()) {
            parallel(flags, into);
            sizes(flags, into);
            switches(flags, into);
        } else {
            into.unavailable("config", Reason.NO_PERMISSION, NO_COMMAND_LINE);
        }
        page.flatMap(known -> known.series("cache_config_info").stream().findFirst())
                .ifPresent(info -> cache(flags, info, into));
    }

    /** One rank is the default of all three since the first release. */
    private static void parallel(VllmFlags flags, Description.Builder into) {
        into.config(
                "tensorParallel", flags.number("--tensor-parallel-size", "-tp").orElse(1L));
        into.config(
                "pipelineParallel",
                flags.number("--pipeline-parallel-size", "-pp").orElse(1L));
        into.config("dataParallel", flags.number("--data-parallel-size", "-dp").orElse(1L));
        flags.number("--api-server-count", "-asc").ifPresent(count -> into.config("apiServers", count));
    }

    private static void sizes(VllmFlags flags, Description.Builder into) {
        text(flags, into, "quantization", "--quantization", "-q");
        text(flags, into, "dtype", "--dtype");
        text(flags, into, "kvCacheDtype", "--kv-cache-dtype");
        text(flags, into, "speculative", "--speculative-config", "-sc");
        text(flags, into, "kvTransfer", "--kv-transfer-config");
        number(flags, into, "maxModelTokens", "--max-model-len");
        number(flags, into, "maxBatchedTokens", "--max-num-batched-tokens");
        number(flags, into, "maxNumSeqs", "--max-num-seqs");
        number(flags, into, "maxLoras", "--max-loras");
        flags.text("--gpu-memory-utilization")
                .flatMap(VllmConfig::ratio)
                .ifPresent(share -> into.config("gpuMemoryUtilization", share));
        flags.number("--max-num-seqs").ifPresent(slots -> into.figure(Metric.SLOTS, slots));
    }

    private static void switches(VllmFlags flags, Description.Builder into) {
        into.config("expertParallel", flags.on("--enable-expert-parallel") || flags.has("-ep"));
        into.config("enforceEager", flags.on("--enforce-eager"));
        into.config("sleepMode", flags.on("--enable-sleep-mode"));
        into.config("lora", flags.on("--enable-lora"));
        into.config("logStats", !flags.on("--disable-log-stats"));
        into.config("pooling", flags.pooling());
        if (flags.has("--speculative-config", "-sc")
                && flags.text("--speculative-config", "-sc").isEmpty()) {
            into.config("speculative", true);
        }
    }

    /** What the server itself says that it took. */
    private static void cache(VllmFlags flags, Sample info, Description.Builder into) {
        label(info, "enable_prefix_caching").ifPresent(on -> into.config("prefixCaching", on.equals("True")));
        if (flags.text("--kv-cache-dtype").isEmpty()) {
            label(info, "cache_dtype").ifPresent(dtype -> into.config("kvCacheDtype", dtype));
        }
        if (flags.text("--gpu-memory-utilization").isEmpty()) {
            label(info, "gpu_memory_utilization")
                    .flatMap(VllmConfig::ratio)
                    .ifPresent(share -> into.config("gpuMemoryUtilization", share));
        }
    }

    private static Optional<String> label(Sample info, String name) {
        return info.labels().value(name).filter(value -> !value.isEmpty() && !value.equals("None"));
    }

    private static Optional<Double> ratio(String text) {
        try {
            double ratio = Double.parseDouble(text);
            return ratio >= 0 && ratio <= 1 ? Optional.of(ratio) : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static void text(VllmFlags flags, Description.Builder into, String name, String... options) {
        flags.text(options).ifPresent(value -> into.config(name, value));
    }

    private static void number(VllmFlags flags, Description.Builder into, String name, String... options) {
        flags.number(options).ifPresent(value -> into.config(name, value));
    }
}
