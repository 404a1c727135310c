// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.gpu.nvml.Shape.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code nvmlDeviceGetFieldValues}: several figures in one call, each with a code of its own. */
final class FieldShape implements Shape<Map<FieldId, Result<FieldShape.Field>>> {
    private static final int ENTRY = 40;

    private final List<FieldId> ids;

    FieldShape(FieldId... ids) {
        this.ids = List.of(ids);
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
    public Outcome<Map<FieldId, Result<Field>>> run(Caller caller, String symbol, Handle handle) {
        Block block = caller.block(0).clear(ids.size() * ENTRY);
        for (int at = 0; at < ids.size(); at++) {
            block.bytes()
                    .putInt(at * ENTRY, ids.get(at).number())
                    .putInt(at * ENTRY + 4, ids.get(at).scope());
        }
        int code = caller.call(symbol, handle, ids.size(), block);
        if (code != ReturnCode.SUCCESS.number()) {
            return Outcome.failed(code);
        }
        Map<FieldId, Result<Field>> fields = new EnumMap<>(FieldId.class);
        for (int at = 0; at < ids.size(); at++) {
            fields.put(ids.get(at), field(ids.get(at), block, at * ENTRY));
        }
        return new Outcome<>(code, Optional.of(fields));
    }

    private static Result<Field> field(FieldId id, Block block, int at) {
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
