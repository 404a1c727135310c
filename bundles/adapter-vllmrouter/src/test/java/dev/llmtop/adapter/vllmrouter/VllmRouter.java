// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllmrouter;

import dev.llmtop.testkit.TestedAdapter;
import java.util.List;

/** What tests of the adapter share. */
final class VllmRouter {
    static final List<String> PATHS = List.of("/version", "/v1/models", "/engines", "/metrics");

    static final List<String> ARGV = List.of(
            "python3",
            "-m",
            "vllm_router.app",
            "--port",
            "8001",
            "--static-backends",
            "http://127.0.0.1:8000,http://b:8000");

    private VllmRouter() {}

    static TestedAdapter tested() {
        return new TestedAdapter(new VllmRouterAdapter(), VllmRouterAdapter.KIND, PATHS);
    }
}
