// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import java.util.Optional;

/** What an adapter did wrong, and whether that is enough to switch it off. */
final class FaultCount {
    private final CallLimits limits;
    private int hangs;
    private int faults;
    private String last = "";
    private boolean off;

    FaultCount(CallLimits limits) {
        this.limits = limits;
    }

    /** A call went well. Hangs stay counted: each may have cost a thread for good. */
    synchronized void good() {
        faults = 0;
    }

    /** Counts a call that threw or returned nothing; whether that switched the adapter off. */
    synchronized boolean fault(String line) {
        faults++;
        last = line;
        return switchOff(faults >= limits.faults());
    }

    /** Counts a call that did not end; whether that switched the adapter off. */
    synchronized boolean hang(String line) {
        hangs++;
        last = line;
        return switchOff(hangs >= limits.hangs());
    }

    synchronized boolean off() {
        return off;
    }

    /** Switches it on again; whether it was off. */
    synchronized boolean reset() {
        boolean was = off;
        hangs = 0;
        faults = 0;
        last = "";
        off = false;
        return was;
    }

    /** One line for a person; empty where nothing is wrong now. */
    synchronized Optional<String> line() {
        if (off) {
            String why = hangs >= limits.hangs() ? hangs + " calls that did not end" : faults + " faults in a row";
            return Optional.of("switched off after " + why + ", the last: " + last);
        }
        return faults > 0 || hangs > 0 ? Optional.of(last) : Optional.empty();
    }

    private boolean switchOff(boolean enough) {
        boolean now = enough && !off;
        off |= enough;
        return now;
    }
}
