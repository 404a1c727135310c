// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.FieldShape.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What NVML answered about a device, or about a MIG instance of one, call by call.
 *
 * @param index of the device, or of the instance in its device
 * @param handle whether NVML hands the device out at all
 * @param results by the names of the getters
 * @param parts MIG instances
 */
record RawDevice(int index, Result<Handle> handle, Map<String, Result<?>> results, List<RawDevice> parts) {
    RawDevice {
        results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
        parts = List.copyOf(parts);
    }

    /** What a getter brought; the handle's failure where there is no handle. */
    @SuppressWarnings("unchecked") // A getter's name stands for results of its type only; see with().
    <T> Result<T> get(Getter<T> getter) {
        Result<?> result = results.get(getter.name());
        if (result != null) {
            return (Result<T>) result;
        }
        return handle.value().isEmpty() ? new Result<>(handle.attempts(), Optional.empty()) : Result.none();
    }

    /** One figure of a group of fields; the group's failure where the whole call failed. */
    Result<Field> field(Getter<Map<FieldId, Result<Field>>> group, FieldId id) {
        Result<Map<FieldId, Result<Field>>> fields = get(group);
        return fields.value()
                .map(all -> all.getOrDefault(id, Result.none()))
                .orElseGet(() -> new Result<>(fields.attempts(), Optional.empty()));
    }

    /** With the result of a getter; for tests and for whoever collects results. */
    <T> RawDevice with(Getter<T> getter, Result<T> result) {
        Map<String, Result<?>> more = new LinkedHashMap<>(results);
        more.put(getter.name(), result);
        return new RawDevice(index, handle, more, parts);
    }

    /** Whether a call said that the card fell off the bus. */
    boolean isLost() {
        return handle.returned(ReturnCode.GPU_IS_LOST)
                || all(results.values()).stream().anyMatch(result -> result.returned(ReturnCode.GPU_IS_LOST));
    }

    /** Every result, those inside groups of fields one by one. */
    static List<Result<?>> all(Collection<Result<?>> results) {
        List<Result<?>> all = new ArrayList<>();
        for (Result<?> result : results) {
            if (result.value().orElse(null) instanceof Map<?, ?> group) {
                group.values().forEach(each -> all.add((Result<?>) each));
            } else {
                all.add(result);
            }
        }
        return all;
    }
}
