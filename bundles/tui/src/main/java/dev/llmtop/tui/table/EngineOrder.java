// SPDX-License-Identifier: MIT
package dev.llmtop.tui.table;

import dev.llmtop.model.EngineSnapshot;
import java.util.Comparator;

/** Engines by address: the host as text, then the port as a number. */
final class EngineOrder {
    static final Comparator<EngineSnapshot> BY_ADDRESS = Comparator.<EngineSnapshot, String>comparing(
                    engine -> host(engine.identity().id()))
            .thenComparingInt(engine -> engine.placement().port().orElse(0))
            .thenComparing(engine -> engine.identity().id());

    private EngineOrder() {}

    private static String host(String id) {
        int port = id.lastIndexOf(':');
        return port < 0 ? id : id.substring(0, port);
    }
}
