// SPDX-License-Identifier: MIT
package org.example.llmtop.acme;

import dev.llmtop.testkit.TestedAdapter;
import dev.llmtop.testkit.conformance.AdapterConformance;
import java.util.List;

/** Its own recorded cases, the answers of other engines, hostile servers, README and declaration. */
class AcmeConformanceTest implements AdapterConformance {
    @Override
    public TestedAdapter tested() {
        return new TestedAdapter(new AcmeAdapter(), "acme", List.of("/acme/status", "/metrics"));
    }
}
