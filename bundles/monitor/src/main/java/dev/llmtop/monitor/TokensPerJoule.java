// SPDX-License-Identifier: MIT
package dev.llmtop.monitor;

import dev.llmtop.model.EngineSnapshot.GpuShare;
import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Gpu.Tenant;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Metric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Generated tokens per joule: tokens of the last step over the energy of the GPUs in it. */
record TokensPerJoule(List<Gpu> gpus, PowerDraw draw) {
    TokensPerJoule {
        gpus = List.copyOf(gpus);
    }

    /** Of one engine, while nobody else holds memory of its GPUs. */
    Value<Double> of(String engine, Figures<Metric> figures, Optional<GpuShare> share) {
        if (gpus.isEmpty()) {
            return Value.unavailable(Reason.NOT_SUPPORTED, "no GPU can be read");
        }
        if (share.isEmpty()) {
            return Value.unavailable(Reason.NOT_SUPPORTED, "no process of it is seen on a GPU");
        }
        double watts = 0;
        for (Gpu gpu : gpus) {
            if (!share.get().indices().contains(gpu.identity().index())) {
                continue;
            }
            if (!isAlone(engine, gpu)) {
                return Value.unavailable(
                        Reason.NOT_SUPPORTED, "it shares GPU " + gpu.identity().index() + " with others");
            }
            Value<Double> power = power(gpu);
            if (power instanceof Value.Unavailable<Double> unknown) {
                return unknown;
            }
            watts += power.known().orElse(0.0);
        }
        return quotient(figures, watts);
    }

    /**
     * Of the machine: tokens of all engines over the energy of all GPUs. One that sleeps draws next to nothing; one that does not tell
     * and that no engine uses (such as a processor's own) is left out.
     */
    Value<Double> ofMachine(Figures<Metric> sums) {
        double watts = 0;
        for (Gpu gpu : gpus) {
            Value<Double> power = power(gpu);
            if (power instanceof Value.Unavailable<Double> unknown && isUsed(gpu)) {
                return unknown;
            }
            watts += power.known().orElse(0.0);
        }
        return quotient(sums, watts);
    }

    private static boolean isUsed(Gpu gpu) {
        return gpu.state() == Gpu.State.LOST
                || GpuAttribution.all(gpu.tenants()).stream()
                        .anyMatch(tenant -> tenant.engine().isPresent());
    }

    private static Value<Double> quotient(Figures<Metric> figures, double watts) {
        Optional<Double> tokens = figures.number(Metric.GENERATION_TOKENS_PER_SECOND);
        if (tokens.isEmpty()) {
            return figures.missing(Metric.GENERATION_TOKENS_PER_SECOND)
                    .map(missing -> missing.<Double>as())
                    .orElseGet(
                            () -> new Value.Unavailable<>(Reason.NOT_EXPORTED, "its generated tokens are not counted"));
        }
        return watts > 0
                ? Value.of(tokens.get() / watts)
                : Value.unavailable(Reason.NOT_SUPPORTED, "its GPUs say that they draw no power");
    }

    private static boolean isAlone(String engine, Gpu gpu) {
        for (Tenant tenant : GpuAttribution.all(gpu.tenants())) {
            if (tenant.engine().filter(engine::equals).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private Value<Double> power(Gpu gpu) {
        OptionalDouble watts = draw.watts(gpu);
        if (watts.isPresent()) {
            return Value.of(watts.getAsDouble());
        }
        String detail = gpu.figures()
                .missing(GpuMetric.POWER_WATTS)
                .map(Value.Unavailable::detail)
                .orElse("it does not tell its power");
        return Value.unavailable(Reason.NOT_SUPPORTED, "GPU " + gpu.identity().index() + ": " + detail);
    }
}
