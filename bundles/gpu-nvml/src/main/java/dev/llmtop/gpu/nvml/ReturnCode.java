// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import dev.llmtop.model.Reason;

/** What an NVML call returns. Source: {@code nvmlReturn_t} of NVIDIA/go-nvml gen/nvml/nvml.h. */
enum ReturnCode {
    SUCCESS(0, "Success", Reason.MALFORMED),
    UNINITIALIZED(1, "Uninitialized", Reason.UNREACHABLE),
    INVALID_ARGUMENT(2, "Invalid Argument", Reason.NOT_SUPPORTED),
    NOT_SUPPORTED(3, "Not Supported", Reason.NOT_SUPPORTED),
    NO_PERMISSION(4, "No Permission", Reason.NO_PERMISSION),
    NOT_FOUND(6, "Not Found", Reason.NOT_SUPPORTED),
    INSUFFICIENT_SIZE(7, "Insufficient Size", Reason.MALFORMED),
    INSUFFICIENT_POWER(8, "Insufficient Power", Reason.UNREACHABLE),
    DRIVER_NOT_LOADED(9, "Driver Not Loaded", Reason.UNREACHABLE),
    TIMEOUT(10, "Timeout", Reason.TIMED_OUT),
    IRQ_ISSUE(11, "Interrupt Request Issue", Reason.UNREACHABLE),
    LIBRARY_NOT_FOUND(12, "Library Not Found", Reason.UNREACHABLE),
    FUNCTION_NOT_FOUND(13, "Function Not Found", Reason.NOT_EXPORTED),
    CORRUPTED_INFOROM(14, "Corrupted InfoROM", Reason.UNREACHABLE),
    GPU_IS_LOST(15, "GPU Is Lost", Reason.UNREACHABLE),
    RESET_REQUIRED(16, "Reset Required", Reason.UNREACHABLE),
    OPERATING_SYSTEM(17, "Blocked By The Operating System", Reason.NO_PERMISSION),
    LIB_RM_VERSION_MISMATCH(18, "Driver/Library Version Mismatch", Reason.UNREACHABLE),
    IN_USE(19, "In Use", Reason.UNREACHABLE),
    MEMORY(20, "Insufficient Memory", Reason.UNREACHABLE),
    NO_DATA(21, "No Data", Reason.NO_SAMPLE_YET),
    ARGUMENT_VERSION_MISMATCH(25, "Argument Version Mismatch", Reason.NOT_EXPORTED),
    DEPRECATED(26, "Deprecated", Reason.NOT_EXPORTED),
    NOT_READY(27, "Not Ready", Reason.NO_SAMPLE_YET),
    GPU_NOT_FOUND(28, "GPU Not Found", Reason.UNREACHABLE),
    INVALID_STATE(29, "Invalid State", Reason.UNREACHABLE),
    UNKNOWN(999, "Unknown Error", Reason.NOT_SUPPORTED);

    private final int number;
    private final String text;
    private final Reason reason;

    ReturnCode(int number, String text, Reason reason) {
        this.number = number;
        this.text = text;
        this.reason = reason;
    }

    int number() {
        return number;
    }

    /** In words, with its number: {@code Not Supported (3)}. */
    static String describe(int number) {
        for (ReturnCode code : values()) {
            if (code.number == number) {
                return code.text + " (" + number + ")";
            }
        }
        return "Error (" + number + ")";
    }

    /** Why a value is not known where its call returned this. */
    static Reason reason(int number) {
        for (ReturnCode code : values()) {
            if (code.number == number) {
                return code.reason;
            }
        }
        return Reason.NOT_SUPPORTED;
    }
}
