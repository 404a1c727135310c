// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * NVIDIA's display devices that its driver serves, by sysfs, with their state of runtime power management, which can be read without waking them. Empty
 * where the system shows none: in some containers, under WSL2, on a Jetson. Source: the kernel's
 * Documentation/ABI/testing/sysfs-devices-power.
 */
final class DisplayCards {
    private static final String DEVICES = "/sys/bus/pci/devices";
    private static final long LOOK_AGAIN_NANOS = 30_000_000_000L;
    private static final Set<String> ASLEEP = Set.of("suspended", "suspending");

    private final SystemFiles files;
    private List<DisplayCard> known = List.of();
    private long lookedAt;
    private boolean looked;

    DisplayCards(SystemFiles files) {
        this.files = files;
    }

    /** The cards now, ordered by address; whether there are others than before is looked up seldom. */
    List<DisplayCard> read() {
        long now = System.nanoTime();
        if (!looked || now - lookedAt > LOOK_AGAIN_NANOS) {
            known = find();
            lookedAt = now;
            looked = true;
        }
        List<DisplayCard> cards = new ArrayList<>();
        for (DisplayCard card : known) {
            cards.add(new DisplayCard(card.address(), card.device(), isAsleep(card.address())));
        }
        return cards;
    }

    private List<DisplayCard> find() {
        List<DisplayCard> cards = new ArrayList<>();
        for (String address : files.names(DEVICES)) {
            String device = DEVICES + "/" + address;
            // One that is handed to a virtual machine, or that another driver serves, is none of NVML's.
            if (files.link(device + "/driver").filter("nvidia"::equals).isPresent()
                    && files.text(device + "/vendor").filter("0x10de"::equals).isPresent()
                    && files.text(device + "/class")
                            .filter(type -> type.startsWith("0x03"))
                            .isPresent()) {
                String number = files.text(device + "/device").orElse("").replace("0x", "");
                cards.add(new DisplayCard(address, number, false));
            }
        }
        return cards;
    }

    private boolean isAsleep(String address) {
        return files.text(DEVICES + "/" + address + "/power/runtime_status")
                .filter(ASLEEP::contains)
                .isPresent();
    }
}
