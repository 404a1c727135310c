// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.ProcessShapes.Listed;
import dev.llmtop.gpu.nvml.ProcessShapes.Use;
import dev.llmtop.model.Attribution;
import dev.llmtop.model.Gpu.MigInstance;
import dev.llmtop.model.Gpu.Tenant;
import dev.llmtop.model.Gpu.Tenants;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Text;
import dev.llmtop.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who uses a card: a process once, whichever lists it stands in; those of MIG instances with their instance. */
final class Tenancies {
    private static final Pattern PROFILE = Pattern.compile("MIG (\\S+)$");
    private static final List<Getter<List<Listed>>> LISTS =
            List.of(Getters.COMPUTE_PROCESSES, Getters.GRAPHICS_PROCESSES, Getters.MPS_PROCESSES);

    private final RawDevice raw;
    private final String driver;

    Tenancies(RawDevice raw, String driver) {
        this.raw = raw;
        this.driver = driver;
    }

    Tenants tenants() {
        List<MigInstance> instances = new ArrayList<>();
        for (RawDevice part : raw.parts()) {
            instances.add(instance(part));
        }
        Map<Long, Listed> own = listed(raw);
        instances.forEach(instance -> instance.processes().forEach(tenant -> own.remove(tenant.pid())));
        return new Tenants(tenants(own, raw), instances);
    }

    /** Why nobody may be named although somebody may be there; empty where the list is whole. */
    Optional<String> gap() {
        Result<List<Listed>> compute = raw.get(Getters.COMPUTE_PROCESSES);
        boolean silent = compute.value().isPresent()
                || raw.handle().value().isEmpty()
                || raw.isLost()
                || !raw.parts().isEmpty();
        return silent ? Optional.empty() : compute.unavailable().missing().map(missing -> missing.detail());
    }

    private MigInstance instance(RawDevice part) {
        Result<Getters.Memory> memory = part.get(Getters.MEMORY);
        return new MigInstance(
                part.index(),
                Text.clean(part.get(Getters.UUID).value().orElse("")),
                profile(part.get(Getters.NAME).value().orElse("")),
                memory.value(Getters.Memory::total),
                memory.value(Getters.Memory::used),
                tenants(listed(part), raw));
    }

    private static String profile(String name) {
        Matcher matcher = PROFILE.matcher(name);
        return Text.clean(matcher.find() ? matcher.group(1) : name);
    }

    /** By pid, in order. */
    private static Map<Long, Listed> listed(RawDevice device) {
        Map<Long, Listed> byPid = new TreeMap<>();
        for (Getter<List<Listed>> list : LISTS) {
            for (Listed listed : device.get(list).value().orElse(List.of())) {
                byPid.merge(listed.pid(), listed, Tenancies::better);
            }
        }
        return byPid;
    }

    /** Of two entries of one process the one that knows its memory; of two that know, the larger. */
    private static Listed better(Listed one, Listed other) {
        if (!one.knowsBytes() || !other.knowsBytes()) {
            return one.knowsBytes() ? one : other;
        }
        return Long.compareUnsigned(one.bytes(), other.bytes()) >= 0 ? one : other;
    }

    private List<Tenant> tenants(Map<Long, Listed> listed, RawDevice measured) {
        Result<List<Use>> uses = measured.get(Getters.processUse(0));
        Map<Long, Use> newest = new HashMap<>();
        for (Use use : uses.value().orElse(List.of())) {
            newest.merge(use.pid(), use, (one, other) -> one.micros() >= other.micros() ? one : other);
        }
        List<Tenant> tenants = new ArrayList<>();
        listed.values()
                .forEach(process -> tenants.add(new Tenant(
                        process.pid(),
                        memory(process),
                        share(uses, Optional.ofNullable(newest.get(process.pid()))),
                        Optional.empty(),
                        Attribution.NONE)));
        return tenants;
    }

    private Value<Long> memory(Listed process) {
        if (DriverVersion.misplacesProcessMemory(driver)) {
            return Value.unavailable(
                    Reason.NOT_SUPPORTED,
                    "driver " + Text.clean(driver) + " tells it in the wrong place; 535.86 and later do not");
        }
        if (!process.knowsBytes()) {
            return Value.unavailable(Reason.NOT_SUPPORTED, "the driver does not tell it (all ones)");
        }
        return process.bytes() < 0
                ? Value.unavailable(Reason.MALFORMED, Long.toUnsignedString(process.bytes()) + " bytes")
                : Value.of(process.bytes());
    }

    /** Only processes that did something stand in the driver's samples. */
    private static Value<Double> share(Result<List<Use>> uses, Optional<Use> use) {
        if (uses.returned(ReturnCode.NOT_FOUND)) {
            return Value.of(0.0);
        }
        if (uses.value().isEmpty()) {
            return uses.unavailable();
        }
        if (use.filter(one -> one.sm() > 100).isPresent()) {
            return uses.refuse(Reason.MALFORMED, use.get().sm() + " %");
        }
        return Value.of(use.map(one -> one.sm() / 100.0).orElse(0.0));
    }
}
