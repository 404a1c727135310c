// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.drm;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code /proc/PID/fdinfo/FD} says of one open card (Linux Documentation/gpu/drm-usage-stats.rst).
 *
 * @param driver such as {@code i915}
 * @param card its PCI address
 * @param id of the client: one that several descriptors or processes share counts once
 * @param memory resident bytes by region, such as {@code vram}
 * @param engineNanos busy time by engine
 * @param cycles busy and total cycles by engine, where the driver counts these
 * @param capacity how many there are of an engine, where there are several
 */
public record DrmClient(
        String driver,
        String card,
        String id,
        Map<String, Long> memory,
        Map<String, Long> engineNanos,
        Map<String, Cycles> cycles,
        Map<String, Long> capacity) {
    public DrmClient {
        memory = Map.copyOf(memory);
        engineNanos = Map.copyOf(engineNanos);
        cycles = Map.copyOf(cycles);
        capacity = Map.copyOf(capacity);
    }

    /** Cycles of one engine: those that this client was busy, and all that passed. */
    public record Cycles(long busy, long total) {}

    /** Reads a file; empty where it is of no card, or of a driver that tells no client. */
    public static Optional<DrmClient> parse(String text) {
        Map<String, String> values = new HashMap<>();
        for (String line : text.split("\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                values.putIfAbsent(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        }
        String driver = values.getOrDefault("drm-driver", "");
        String id = values.getOrDefault("drm-client-id", "");
        return driver.isEmpty() || id.isEmpty() ? Optional.empty() : Optional.of(client(driver, id, values));
    }

    private static DrmClient client(String driver, String id, Map<String, String> values) {
        // Old kernels have only "memory", which then means the same as "resident" does now.
        Map<String, Long> memory = bytes(values, "drm-memory-");
        memory.putAll(bytes(values, "drm-resident-"));
        Map<String, Long> nanos = numbers(values, "drm-engine-", " ns");
        Map<String, Long> busy = numbers(values, "drm-cycles-", "");
        Map<String, Long> total = numbers(values, "drm-total-cycles-", "");
        Map<String, Cycles> cycles = new HashMap<>();
        busy.forEach((engine, count) -> {
            Long all = total.get(engine);
            if (all != null) {
                cycles.put(engine, new Cycles(count, all));
            }
        });
        return new DrmClient(
                driver,
                values.getOrDefault("drm-pdev", ""),
                id,
                memory,
                nanos,
                cycles,
                numbers(values, "drm-engine-capacity-", ""));
    }

    private static Map<String, Long> bytes(Map<String, String> values, String prefix) {
        Map<String, Long> bytes = new HashMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                bytes(value).ifPresent(number -> bytes.put(key.substring(prefix.length()), number));
            }
        });
        return bytes;
    }

    /** {@code 192 KiB}, {@code 16 MiB}, or bytes without a unit, all in one file (drm_file.c of the kernel). */
    static Optional<Long> bytes(String text) {
        String[] parts = text.split("\\s+");
        if (!parts[0].matches("\\d{1,18}") || parts.length > 2) {
            return Optional.empty();
        }
        int shift = switch (parts.length == 1 ? "" : parts[1]) {
            case "" -> 0;
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> -1;
        };
        long number = Long.parseLong(parts[0]);
        return shift < 0 || number > Long.MAX_VALUE >> shift ? Optional.empty() : Optional.of(number << shift);
    }

    private static Map<String, Long> numbers(Map<String, String> values, String prefix, String unit) {
        Map<String, Long> numbers = new HashMap<>();
        values.forEach((key, value) -> {
            String name = key.startsWith(prefix) ? key.substring(prefix.length()) : "";
            String digits = value.endsWith(unit) ? value.substring(0, value.length() - unit.length()) : "";
            if (!name.isEmpty() && digits.matches("\\d{1,18}")) {
                numbers.put(name, Long.parseLong(digits));
            }
        });
        return numbers;
    }
}
