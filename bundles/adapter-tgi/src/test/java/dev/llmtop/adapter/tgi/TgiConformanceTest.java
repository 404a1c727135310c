// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.tgi;

import dev.llmtop.testkit.TestedAdapter;
import dev.llmtop.testkit.conformance.AdapterConformance;

/** Its recorded cases, expectations in each {@code expected.json} written by hand; the answers of others; hostile servers; its README. */
class TgiConformanceTest implements AdapterConformance {
    @Override
    public TestedAdapter tested() {
        return new TestedAdapter(new TgiAdapter(), "tgi", Tgi.PATHS);
    }
}
