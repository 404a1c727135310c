// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names of NVIDIA's devices by their numbers, from the list that distributions install: the only name that a card has while it
 * sleeps. Source of the form: pciids/pciids pci.ids.
 */
final class PciNames {
    private static final List<String> LISTS = List.of("/usr/share/misc/pci.ids", "/usr/share/hwdata/pci.ids");
    private static final String VENDOR = "10de";
    private static final int NUMBER_LENGTH = 4;

    private final SystemFiles files;
    private final Map<String, String> known = new HashMap<>();

    PciNames(SystemFiles files) {
        this.files = files;
    }

    /** The name of a device, such as {@code NVIDIA GeForce RTX 4090}; made of its number where there is no better one. */
    String of(String device) {
        return known.computeIfAbsent(
                device, number -> listed(number).map(name -> "NVIDIA " + name).orElse("NVIDIA device " + number));
    }

    private Optional<String> listed(String number) {
        for (String list : LISTS) {
            try (BufferedReader lines = Files.newBufferedReader(files.at(list), StandardCharsets.UTF_8)) {
                Optional<String> name = find(lines, number);
                if (name.isPresent()) {
                    return name;
                }
            } catch (MalformedInputException notText) {
                return Optional.empty();
            } catch (IOException absent) {
                // The next one.
            }
        }
        return Optional.empty();
    }

    private static Optional<String> find(BufferedReader lines, String number) throws IOException {
        boolean ours = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() || line.startsWith("#") || line.startsWith("\t\t")) {
                continue;
            }
            if (!line.startsWith("\t")) {
                if (ours) {
                    return Optional.empty();
                }
                ours = line.startsWith(VENDOR);
            } else if (ours && line.startsWith(number, 1) && line.length() > NUMBER_LENGTH + 1) {
                return Optional.of(market(line.substring(NUMBER_LENGTH + 1).strip()));
            }
        }
        return Optional.empty();
    }

    /** The list gives the chip first and in brackets what it is sold as. */
    private static String market(String name) {
        int open = name.indexOf('[');
        int close = name.lastIndexOf(']');
        return open >= 0 && close > open + 1 ? name.substring(open + 1, close) : name;
    }
}
