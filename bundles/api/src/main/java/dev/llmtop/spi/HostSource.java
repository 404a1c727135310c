// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

import dev.llmtop.model.Host;
import org.osgi.annotation.versioning.ConsumerType;

/** Samples the machine. */
@ConsumerType
@FunctionalInterface
public interface HostSource {
    /** The machine now; never blocks the tick: what is not ready is {@code NO_SAMPLE_YET}. */
    Host sample();
}
