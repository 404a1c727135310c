// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.intel;

import dev.llmtop.gpu.drm.DrmCard;
import dev.llmtop.gpu.drm.SystemFiles;
import dev.llmtop.model.Figures;
import dev.llmtop.model.GpuMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Text;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Clocks, heat and limits of one card that is awake. Sources of names and units: the kernel's Documentation/ABI/testing,
 * sysfs-driver-intel-i915-hwmon, sysfs-driver-intel-xe-hwmon and sysfs-driver-intel-xe. The link's speed is left alone: the cards
 * report that of a bridge inside them.
 */
record CardFigures(DrmCard card, SystemFiles files) {
    private static final double MICRO = 1e-6;
    private static final double MILLI = 1e-3;
    private static final String NO_SENSORS = "the driver tells no sensors of this GPU";

    void put(Figures.Builder<GpuMetric> figures) {
        figures.put(GpuMetric.SM_CLOCK_MHZ, megahertz(clock("act_freq")));
        megahertz(isXe() ? clock("max_freq") : card.path() + "/gt_RP0_freq_mhz")
                .known()
                .ifPresent(most -> figures.put(GpuMetric.SM_CLOCK_MAX_MHZ, Value.of(most)));
        limit().ifPresent(watts -> figures.put(GpuMetric.POWER_LIMIT_WATTS, Value.of(watts)));
        heat(figures);
    }

    /** The first counter that counts: on some cards that of the whole card stays 0 and that of the package does not. */
    Value<Long> energyMicrojoules() {
        if (card.hwmon().isEmpty()) {
            return Value.unavailable(Reason.NOT_SUPPORTED, NO_SENSORS);
        }
        Value<Long> whole = files.number(card.sensor("energy1_input"));
        Value<Long> chip = files.number(card.sensor("energy2_input"));
        boolean counts = whole.known().filter(microjoules -> microjoules > 0).isPresent();
        return counts || chip.known().isEmpty() ? whole : chip;
    }

    /** Why the clocks are held down, as the driver names it. */
    List<String> throttle() {
        String folder = isXe() ? card.device("tile0/gt0/freq0/throttle") : card.path() + "/gt/gt0";
        String prefix = isXe() ? "reason_" : "throttle_reason_";
        String status = folder + (isXe() ? "/status" : "/throttle_reason_status");
        List<String> reasons = new ArrayList<>();
        if (files.text(status).filter("1"::equals).isEmpty()) {
            return reasons;
        }
        for (String name : files.names(folder)) {
            if (name.startsWith(prefix)
                    && !name.endsWith("_status")
                    && files.text(folder + "/" + name).filter("1"::equals).isPresent()) {
                reasons.add(Text.clean(name.substring(prefix.length())));
            }
        }
        return reasons;
    }

    private boolean isXe() {
        return card.driver().equals("xe");
    }

    private String clock(String name) {
        return isXe() ? card.device("tile0/gt0/freq0/" + name) : card.path() + "/gt_" + name + "_mhz";
    }

    private Value<Double> megahertz(String path) {
        return files.number(path).map(number -> Math.max(0, number.doubleValue()));
    }

    /** 0 is no limit. */
    private Optional<Double> limit() {
        for (String name : List.of("power1_max", "power2_max", "power1_rated_max")) {
            Optional<Double> watts = files.number(card.sensor(name)).known().map(number -> number * MICRO);
            if (watts.filter(positive -> positive > 0).isPresent()) {
                return watts;
            }
        }
        return Optional.empty();
    }

    /** i915 has one sensor; xe names the package's the second and the memory's the third. */
    private void heat(Figures.Builder<GpuMetric> figures) {
        if (card.hwmon().isEmpty()) {
            figures.putUnavailable(GpuMetric.TEMPERATURE_CELSIUS, Reason.NOT_SUPPORTED, NO_SENSORS);
            return;
        }
        String place = isXe() ? "temp2" : "temp1";
        figures.put(GpuMetric.TEMPERATURE_CELSIUS, degrees(place + "_input"));
        positive(place + "_crit")
                .ifPresent(celsius -> figures.put(GpuMetric.TEMPERATURE_SLOWDOWN_CELSIUS, Value.of(celsius)));
        positive(place + "_emergency")
                .ifPresent(celsius -> figures.put(GpuMetric.TEMPERATURE_SHUTDOWN_CELSIUS, Value.of(celsius)));
        if (isXe()) {
            positive("temp3_input")
                    .ifPresent(celsius -> figures.put(GpuMetric.MEMORY_TEMPERATURE_CELSIUS, Value.of(celsius)));
        }
    }

    private Value<Double> degrees(String name) {
        return files.number(card.sensor(name)).map(number -> number * MILLI);
    }

    private Optional<Double> positive(String name) {
        return degrees(name).known().filter(celsius -> celsius > 0);
    }
}
