// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

import java.util.List;
import java.util.OptionalInt;

/** What the calls of a GPU driver answered, for a person who doubts a figure. Asks no driver anew. */
public interface GpuDiagnostics {
    /** Each call of the last sample, device by device, every form of a call that was tried; never fails. */
    List<Call> calls();

    /**
     * One call.
     *
     * @param device index of the GPU as {@code 0}, of a part of it as {@code 0/2}; empty for a call that concerns none
     * @param symbol the function that was called, with what it was asked for where one function tells several things
     * @param code what it returned; empty where it was not called, since the driver lacks it
     * @param outcome the code in words
     * @param value what it told; empty where it told nothing
     */
    record Call(String device, String symbol, OptionalInt code, String outcome, String value) {}
}
