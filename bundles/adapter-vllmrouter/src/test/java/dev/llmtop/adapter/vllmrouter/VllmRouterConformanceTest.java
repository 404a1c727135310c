// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.vllmrouter;

import dev.llmtop.testkit.TestedAdapter;
import dev.llmtop.testkit.conformance.AdapterConformance;

/** Its recorded cases, expectations in each {@code expected.json} written by hand; the answers of others; hostile servers; its README. */
class VllmRouterConformanceTest implements AdapterConformance {
    @Override
    public TestedAdapter tested() {
        return new TestedAdapter(new VllmRouterAdapter(), VllmRouterAdapter.KIND, VllmRouter.PATHS);
    }
}
