// SPDX-License-Identifier: MIT
package ${package};

import dev.llmtop.testkit.TestedAdapter;
import dev.llmtop.testkit.conformance.AdapterConformance;
import java.util.List;

/** Its own recorded cases, the answers of other engines, hostile servers, README and declaration. */
class ${engine}ConformanceTest implements AdapterConformance {
    @Override
    public TestedAdapter tested() {
        return new TestedAdapter(new ${engine}Adapter(), "${kind}", List.of("/${kind}/status", "/metrics"));
    }
}
