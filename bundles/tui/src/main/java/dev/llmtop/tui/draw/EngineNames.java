// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.tui.state.Scene;

/** How lines name an engine. */
final class EngineNames {
    private static final String LOOPBACK = "127.0.0.1:";

    private EngineNames() {}

    /** Its address: {@code :8000} on the usual loopback address, else whole. */
    static String address(EngineSnapshot engine) {
        return address(engine.identity().id());
    }

    static String address(String id) {
        return id.startsWith(LOOPBACK) ? id.substring(LOOPBACK.length() - 1) : id;
    }

    /** Title and address: {@code vLLM:8000}, {@code vLLM 10.0.0.2:8000}. */
    static String name(EngineSnapshot engine) {
        String address = address(engine);
        String title = engine.identity().title();
        // What is still being asked has its port for a title.
        if (title.startsWith("port ")) {
            return title;
        }
        return title + (address.startsWith(":") ? "" : " ") + address;
    }

    /** The same by id, also of an engine that is gone; the id alone where nobody has it. */
    static String name(Scene scene, String id) {
        return scene.snapshot()
                .engine(id)
                .or(() -> scene.ghosts().stream()
                        .map(Scene.Ghost::engine)
                        .filter(engine -> engine.identity().id().equals(id))
                        .findFirst())
                .map(EngineNames::name)
                .orElse(address(id));
    }
}
