// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.amd;

import dev.llmtop.gpu.drm.DrmCard;
import dev.llmtop.gpu.drm.SystemFiles;
import dev.llmtop.model.Text;
import java.util.Locale;
import java.util.Optional;

/**
 * What does not change of a card; read once, while it is awake.
 *
 * @param name for a person; empty where nothing tells one
 * @param uuid may be empty
 * @param driver version of the module; empty where it is the kernel's own
 * @param unified whether it is a part of the processor: then its memory was taken from the RAM
 */
record CardFacts(String name, String uuid, String driver, boolean unified) {
    static final CardFacts NOTHING = new CardFacts("", "", "", false);

    /** Names of cards by device and revision, as libdrm installs them. */
    private static final String NAMES = "/usr/share/libdrm/amdgpu.ids";

    static CardFacts read(DrmCard card, SystemFiles files) {
        return new CardFacts(
                Text.clean(files.text(card.device("product_name"))
                        .or(() -> listed(card, files))
                        .orElse("")),
                files.text(card.device("unique_id")).map(Text::clean).orElse(""),
                files.text("/sys/module/amdgpu/version").map(Text::clean).orElse(""),
                // Only processors with graphics have a second voltage, that of the north bridge (amdgpu_pm.c of the
                // kernel).
                files.text(card.sensor("in1_label")).filter("vddnb"::equals).isPresent());
    }

    /** Lines are {@code 73BF,	C1,	AMD Radeon RX 6900 XT}. */
    private static Optional<String> listed(DrmCard card, SystemFiles files) {
        String device = card.pciId().substring(card.pciId().indexOf(':') + 1);
        String revision = files.text(card.device("revision")).orElse("").replace("0x", "");
        String start = (device + "," + revision + ",").toUpperCase(Locale.ROOT);
        return files.text(NAMES)
                .flatMap(text -> text.lines()
                        .filter(line -> line.replaceAll("\\s+", "")
                                .toUpperCase(Locale.ROOT)
                                .startsWith(start))
                        .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
                        .findFirst());
    }
}
