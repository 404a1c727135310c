// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.Locale;

/** What happened. Grows in minor versions: keep a {@code default} when switching over it. */
public enum EventKind {
    ENGINE_APPEARED,
    ENGINE_GONE,
    ENGINE_RESTARTED,
    ENGINE_BLOCKED,
    ENGINE_UNREACHABLE,
    ENGINE_BACK,
    ENGINE_RECLASSIFIED,
    MODEL_LOADED,
    MODEL_UNLOADED,
    ADAPTER_ADDED,
    ADAPTER_REMOVED,
    ADAPTER_DISABLED,
    GPU_LOST,
    PRESSURE;

    /** The code of the JSON contract, lower case with hyphens. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
