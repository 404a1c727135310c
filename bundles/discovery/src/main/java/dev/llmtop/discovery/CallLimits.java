// SPDX-License-Identifier: MIT
package dev.llmtop.discovery;

import java.time.Duration;

/**
 * How long a call into an adapter may take, and how often one may fail.
 *
 * @param call for the call itself
 * @param request added for each request that it makes: the probe bounds those, and a slow server is no fault of the adapter
 * @param most in all
 * @param hangs that switch an adapter off
 * @param faults in a row that switch it off
 */
record CallLimits(Duration call, Duration request, Duration most, int hangs, int faults) {
    static final CallLimits USUAL =
            new CallLimits(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(60), 2, 5);
}
