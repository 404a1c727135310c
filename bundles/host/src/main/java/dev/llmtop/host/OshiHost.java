// SPDX-License-Identifier: MIT
package dev.llmtop.host;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Host;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Numbers;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Text;
import dev.llmtop.model.Value;
import dev.llmtop.spi.HostSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.VirtualMemory;
import oshi.software.os.OperatingSystem;

/** The machine as OSHI sees it: on every system that is not Linux. Once loaded its figures are cheap. */
final class OshiHost implements HostSource {
    private static final List<HostMetric> OF_LINUX = List.of(
            HostMetric.MEMORY_CACHED_BYTES,
            HostMetric.CPU_PRESSURE_SOME_RATIO,
            HostMetric.MEMORY_PRESSURE_SOME_RATIO,
            HostMetric.MEMORY_PRESSURE_FULL_RATIO,
            HostMetric.IO_PRESSURE_SOME_RATIO,
            HostMetric.IO_PRESSURE_FULL_RATIO);

    private final CentralProcessor processor;
    private final GlobalMemory memory;
    private final Host facts;
    private final CpuLoad cpuLoad = new CpuLoad();
    private final List<CpuLoad> coreLoads = new ArrayList<>();

    private OshiHost(CentralProcessor processor, GlobalMemory memory, Host facts) {
        this.processor = processor;
        this.memory = memory;
        this.facts = facts;
    }

    /** Loads OSHI and reads what does not change: takes up to half a second. */
    static OshiHost load() {
        SystemInfo system = new SystemInfo();
        HardwareAbstractionLayer hardware = system.getHardware();
        OperatingSystem os = system.getOperatingSystem();
        CentralProcessor processor = hardware.getProcessor();
        Host facts = new Host(
                Text.clean(os.getNetworkParams().getHostName()),
                Text.clean(os.getFamily() + " " + os.getVersionInfo().getVersion()),
                SystemNames.architecture(),
                Text.clean(processor.getProcessorIdentifier().getName()),
                Math.max(1, processor.getLogicalProcessorCount()),
                Figures.none());
        OshiHost host = new OshiHost(processor, hardware.getMemory(), facts);
        host.sample();
        return host;
    }

    /** The model name of the processor; may be empty. */
    String cpuName() {
        return facts.cpu();
    }

    @Override
    public synchronized Host sample() {
        Figures.Builder<HostMetric> figures = Figures.of(HostMetric.class);
        figures.put(HostMetric.CPU_USED_RATIO, cpuLoad());
        long total = memory.getTotal();
        long available = memory.getAvailable();
        figures.put(HostMetric.MEMORY_TOTAL_BYTES, total);
        figures.put(HostMetric.MEMORY_AVAILABLE_BYTES, available);
        figures.put(HostMetric.MEMORY_USED_BYTES, Math.max(0, total - available));
        VirtualMemory swap = memory.getVirtualMemory();
        figures.put(HostMetric.SWAP_TOTAL_BYTES, swap.getSwapTotal());
        figures.put(HostMetric.SWAP_USED_BYTES, swap.getSwapUsed());
        loadAverage(figures);
        figures.put(HostMetric.CPU_USED_RATIOS, coreLoads());
        for (HostMetric metric : OF_LINUX) {
            figures.putUnavailable(metric, Reason.NOT_SUPPORTED, "only Linux tells it");
        }
        return new Host(
                facts.name(), facts.os(), facts.architecture(), facts.cpu(), facts.logicalCpus(), figures.build());
    }

    private Value<Double> cpuLoad() {
        return next(cpuLoad, processor.getSystemCpuLoadTicks());
    }

    private static Value<Double> next(CpuLoad load, long[] ticks) {
        long total = Arrays.stream(ticks).sum();
        long idle = ticks[TickType.IDLE.getIndex()] + ticks[TickType.IOWAIT.getIndex()];
        return load.next(total - idle, total);
    }

    private Value<Numbers> coreLoads() {
        List<Double> shares = new ArrayList<>();
        long[][] cores = processor.getProcessorCpuLoadTicks();
        for (int core = 0; core < cores.length; core++) {
            if (core == coreLoads.size()) {
                coreLoads.add(new CpuLoad());
            }
            next(coreLoads.get(core), cores[core]).known().ifPresent(shares::add);
        }
        return shares.isEmpty()
                ? Value.unavailable(Reason.NO_SAMPLE_YET, "needs two samples")
                : Value.of(new Numbers(shares));
    }

    private void loadAverage(Figures.Builder<HostMetric> figures) {
        List<Double> loads =
                Arrays.stream(processor.getSystemLoadAverage(3)).boxed().toList();
        if (loads.stream().allMatch(load -> load >= 0 && Double.isFinite(load))) {
            figures.put(HostMetric.LOAD_AVERAGE, new Numbers(loads));
        } else {
            figures.putUnavailable(HostMetric.LOAD_AVERAGE, Reason.NOT_SUPPORTED, "this system has no load average");
        }
    }
}
