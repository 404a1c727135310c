// SPDX-License-Identifier: MIT
package dev.llmtop.gpu.nvml;

import java.lang.annotation.Annotation;

/** A configuration of the component. */
record Configured(String library, String root, boolean gpu, int retry_seconds) implements NvmlGpus.Config {
    @Override
    public Class<? extends Annotation> annotationType() {
        return NvmlGpus.Config.class;
    }
}
