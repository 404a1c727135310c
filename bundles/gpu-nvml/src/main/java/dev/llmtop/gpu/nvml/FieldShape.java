// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.Shape.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code nvmlDeviceGetFieldValues}: several figures in one call, each with a code of its own. */
final class FieldShape implements Shape<Map<FieldShape.Id, Result<FieldShape.Field>>> {
    private static final int ENTRY = 40;

    private final List<Id> ids;

    FieldShape(Id... ids) {
        this.ids = List.of(ids);
    }

    /** Fields by their number and scope. Source: {@code NVML_FI_*} of nvml.h. */
    enum Id {
        ECC_CORRECTED(3, 0),
        ECC_UNCORRECTED(4, 0),
        MEMORY_TEMPERATURE(82, 0),
        /** KiB, over all links. */
        NVLINK_TRANSMIT(138, 0xFFFF_FFFF),
        /** KiB, over all links. */
        NVLINK_RECEIVE(139, 0xFFFF_FFFF),
        POWER_AVERAGE(185, 0),
        POWER_INSTANT(186, 0),
        LIMIT_SHUTDOWN(193, 0),
        LIMIT_SLOWDOWN(194, 0),
        /** Bytes; may wrap. */
        PCIE_TRANSMIT(197, 0),
        /** Bytes; may wrap. */
        PCIE_RECEIVE(198, 0);

        private final int number;
        private final int scope;

        Id(int number, int scope) {
            this.number = number;
            this.scope = scope;
        }

        String label() {
            return "nvmlDeviceGetFieldValues[" + number + "]";
        }
    }

    /**
     * One figure.
     *
     * @param number as its type has it; unsigned ones above the range of a long are negative
     * @param micros when the driver took it; 0 where it does not say
     * @param bits width of the number
     */
    record Field(Number number, long micros, int bits) {}

    @Override
    public Outcome<Map<Id, Result<Field>>> run(Caller caller, String symbol, Handle handle) {
        Block block = caller.block(0).clear(ids.size() * ENTRY);
        for (int at = 0; at < ids.size(); at++) {
            block.bytes().putInt(at * ENTRY, ids.get(at).number).putInt(at * ENTRY + 4, ids.get(at).scope);
        }
        int code = caller.call(symbol, handle, ids.size(), block);
        if (code != ReturnCode.SUCCESS.number()) {
            return Outcome.failed(code);
        }
        Map<Id, Result<Field>> fields = new EnumMap<>(Id.class);
        for (int at = 0; at < ids.size(); at++) {
            fields.put(ids.get(at), field(ids.get(at), block, at * ENTRY));
        }
        return new Outcome<>(code, Optional.of(fields));
    }

    private static Result<Field> field(Id id, Block block, int at) {
        int code = block.signed(at + 28);
        if (code != ReturnCode.SUCCESS.number()) {
            return Result.failed(id.label(), code);
        }
        long micros = block.wide(at + 8);
        return switch (block.signed(at + 24)) {
            case 0 -> Result.of(id.label(), new Field(block.bytes().getDouble(at + 32), micros, 64));
            case 1 -> Result.of(id.label(), new Field(block.unsigned(at + 32), micros, 32));
            case 2, 3, 4 -> Result.of(id.label(), new Field(block.wide(at + 32), micros, 64));
            case 5 -> Result.of(id.label(), new Field(block.signed(at + 32), micros, 32));
            case 6 -> Result.of(id.label(), new Field(block.unsigned(at + 32) & 0xFFFF, micros, 16));
            default -> Result.failed(id.label(), ReturnCode.ARGUMENT_VERSION_MISMATCH.number());
        };
    }
}
