// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.drm;

import java.util.Optional;
import java.util.Set;

/**
 * A card of the direct rendering manager.
 *
 * @param path such as {@code /sys/class/drm/card0}
 * @param driver the kernel's, such as {@code amdgpu}
 * @param address on the PCI bus, as {@code 0000:0c:00.0}
 * @param pciId vendor and device, as {@code 1002:73BF}
 * @param hwmon the directory of its sensors; empty where it has none
 */
public record DrmCard(String path, String driver, String address, String pciId, Optional<String> hwmon) {
    private static final Set<String> ASLEEP = Set.of("suspended", "suspending");

    /** A file of the device, such as {@code power_state}. */
    public String device(String name) {
        return path + "/device/" + name;
    }

    /** A file of its sensors; one that does not exist where it has none. */
    public String sensor(String name) {
        return hwmon.orElse(path + "/device/hwmon/none") + "/" + name;
    }

    /**
     * Whether it is in runtime suspend: reading a sensor would wake it. Reading this wakes nothing (Linux
     * Documentation/ABI/testing/sysfs-devices-power); a kernel without power management has no such file, and its cards never sleep.
     */
    public boolean isAsleep(SystemFiles files) {
        return files.text(device("power/runtime_status"))
                .filter(ASLEEP::contains)
                .isPresent();
    }
}
