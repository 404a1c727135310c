// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Gpu;
import dev.llmtop.model.Gpu.Tenant;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Text;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The GPU of a Jetson. Its NVML, where there is one, answers with success where it knows nothing: zeros, and processes that do not
 * exist. What the kernel tells serves instead. Sources: rbonghi/jetson_stats issue 360 and changes 867, 886, 889.
 */
final class TegraBoard {
    /** In 0.1 %. */
    private static final List<String> LOADS = List.of(
            "/sys/devices/platform/gpu.0/load",
            "/sys/devices/platform/bus@0/17000000.gpu/load",
            "/sys/devices/gpu.0/load");

    private static final String FREQUENCIES = "/sys/class/devfreq/";

    /** A Thor has this one, no file of its load, and an NVML that tells it. */
    private static final String THOR = "gpu-gpc-0";

    private static final List<String> CLOCKS = List.of("17000000.gpu", THOR);
    private static final List<String> ZONES = List.of("tj-thermal", "gpu-thermal");

    /** Where a zero is what NVML says when it does not know. */
    private static final Set<GpuMetric> ZERO_IS_NOTHING = EnumSet.of(
            GpuMetric.UTILIZATION_RATIO,
            GpuMetric.UTILIZATION_MEMORY_RATIO,
            GpuMetric.ENCODER_RATIO,
            GpuMetric.DECODER_RATIO,
            GpuMetric.FAN_RATIO,
            GpuMetric.PERFORMANCE_STATE,
            GpuMetric.ECC_CORRECTED_ERRORS,
            GpuMetric.ECC_UNCORRECTED_ERRORS,
            GpuMetric.REMAPPED_ROWS,
            GpuMetric.MEMORY_USED_BYTES);

    private final SystemFiles files;

    TegraBoard(SystemFiles files) {
        this.files = files;
    }

    /** Whether this machine is one. */
    boolean isThere() {
        return files.text("/proc/device-tree/compatible")
                .filter(text -> text.contains("tegra"))
                .isPresent();
    }

    /** What NVML said, with what the kernel knows better. */
    Gpu amend(Gpu gpu) {
        Figures.Builder<GpuMetric> figures = Figures.of(GpuMetric.class);
        for (Map.Entry<GpuMetric, Value<?>> entry : gpu.figures().asMap().entrySet()) {
            figures.put(entry.getKey(), believed(entry.getKey(), entry.getValue()));
        }
        figures.putAll(own());
        List<Tenant> tenants = new ArrayList<>();
        for (Tenant tenant : gpu.tenants().processes()) {
            if (tenant.pid() > 0 && files.exists("/proc/" + tenant.pid())) {
                tenants.add(tenant);
            }
        }
        return new Gpu(
                gpu.identity(),
                gpu.state(),
                gpu.memory(),
                figures.build(),
                gpu.throttle(),
                new Gpu.Tenants(tenants, List.of()));
    }

    /** The GPU by the kernel alone, where there is no NVML; empty where the kernel shows none (yet). */
    Optional<Gpu> alone(String why) {
        Figures<GpuMetric> own = own();
        if (own.number(GpuMetric.UTILIZATION_RATIO).isEmpty()
                && own.number(GpuMetric.SM_CLOCK_MHZ).isEmpty()) {
            return Optional.empty();
        }
        Figures.Builder<GpuMetric> figures = Figures.of(GpuMetric.class);
        for (GpuMetric metric : Interpreter.METRICS) {
            figures.putUnavailable(metric, Reason.NOT_SUPPORTED, "no NVML: " + why);
        }
        files.memoryTotal().ifPresent(total -> figures.put(GpuMetric.MEMORY_TOTAL_BYTES, total));
        figures.putUnavailable(
                GpuMetric.MEMORY_USED_BYTES, Reason.NOT_SUPPORTED, "the GPU of a Jetson shares the machine's memory");
        String name =
                Text.clean(files.text("/proc/device-tree/model").orElse("").replace("\0", ""));
        return Optional.of(new Gpu(
                new Gpu.Identity(0, "", "nvidia", name.isBlank() ? "NVIDIA Tegra" : name, "", ""),
                Gpu.State.ACTIVE,
                new Gpu.Memory(true, "system"),
                figures.putAll(own).build(),
                List.of(),
                new Gpu.Tenants(List.of(), List.of())));
    }

    private Value<?> believed(GpuMetric metric, Value<?> value) {
        boolean zero = value.known()
                .filter(known -> known instanceof Number number && number.doubleValue() == 0)
                .isPresent();
        boolean told = metric == GpuMetric.UTILIZATION_RATIO && files.exists(FREQUENCIES + THOR);
        return zero && !told && ZERO_IS_NOTHING.contains(metric)
                ? Value.unavailable(Reason.NOT_SUPPORTED, "NVML says 0, which on a Jetson means that it does not know")
                : value;
    }

    private Figures<GpuMetric> own() {
        Figures.Builder<GpuMetric> figures = Figures.of(GpuMetric.class);
        for (String load : LOADS) {
            Optional<Long> permille = files.number(load).filter(number -> number >= 0 && number <= 1000);
            if (permille.isPresent()) {
                figures.putNumber(GpuMetric.UTILIZATION_RATIO, permille.get() / 1e3);
                break;
            }
        }
        for (String clock : CLOCKS) {
            hertz(clock + "/cur_freq").ifPresent(mhz -> figures.put(GpuMetric.SM_CLOCK_MHZ, mhz));
            hertz(clock + "/max_freq").ifPresent(mhz -> figures.put(GpuMetric.SM_CLOCK_MAX_MHZ, mhz));
        }
        temperature().ifPresent(celsius -> figures.put(GpuMetric.TEMPERATURE_CELSIUS, celsius));
        return figures.build();
    }

    private Optional<Double> hertz(String file) {
        return files.number(FREQUENCIES + file).filter(number -> number > 0).map(number -> number / 1e6);
    }

    private Optional<Double> temperature() {
        for (String wanted : ZONES) {
            for (String zone : files.names("/sys/class/thermal")) {
                String path = "/sys/class/thermal/" + zone;
                if (files.text(path + "/type").filter(wanted::equals).isPresent()) {
                    Optional<Long> millidegrees = files.number(path + "/temp");
                    if (millidegrees.isPresent()) {
                        return millidegrees.map(number -> number / 1e3);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
