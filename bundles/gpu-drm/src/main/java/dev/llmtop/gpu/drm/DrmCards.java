// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.drm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The cards of some drivers. Looking for them costs one listing of a directory where there are none, and is done twice a minute: a
 * card may come late in the boot, or through a cable.
 */
public final class DrmCards {
    private static final String CLASS = "/sys/class/drm";
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private final SystemFiles files;
    private final Set<String> drivers;
    private final LongSupplier clock;
    private List<DrmCard> known = List.of();
    private long lookedAt;
    private boolean looked;

    /**
     * @param drivers whose cards count
     * @param nanoClock {@link System#nanoTime}
     */
    public DrmCards(SystemFiles files, Set<String> drivers, LongSupplier nanoClock) {
        this.files = files;
        this.drivers = Set.copyOf(drivers);
        this.clock = nanoClock;
    }

    /** The cards, by their address. */
    public List<DrmCard> read() {
        long now = clock.getAsLong();
        if (!looked || now - lookedAt >= LOOK_AGAIN.toNanos()) {
            known = find();
            lookedAt = now;
            looked = true;
        }
        return known;
    }

    private List<DrmCard> find() {
        List<DrmCard> cards = new ArrayList<>();
        for (String name : files.names(CLASS)) {
            if (name.matches("card\\d+")) {
                card(CLASS + "/" + name).ifPresent(cards::add);
            }
        }
        cards.sort(Comparator.comparing(DrmCard::address));
        return List.copyOf(cards);
    }

    private Optional<DrmCard> card(String path) {
        String event = files.text(path + "/device/uevent").orElse("");
        String driver = value(event, "DRIVER");
        if (!drivers.contains(driver)) {
            return Optional.empty();
        }
        // The card's own sensors, not those of a controller beside it.
        String sensors = path + "/device/hwmon";
        Optional<String> hwmon = files.names(sensors).stream()
                .map(name -> sensors + "/" + name)
                .filter(at -> files.text(at + "/name").filter(driver::equals).isPresent())
                .findFirst();
        return Optional.of(new DrmCard(path, driver, value(event, "PCI_SLOT_NAME"), value(event, "PCI_ID"), hwmon));
    }

    private static String value(String event, String key) {
        return event.lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
