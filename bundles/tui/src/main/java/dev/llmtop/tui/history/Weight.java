// SPDX-License-Identifier: MIT
package dev.llmtop.tui.history;

import dev.llmtop.model.EngineSnapshot;
import dev.llmtop.model.ModelSnapshot;
import dev.llmtop.model.Snapshot;

/** About how many bytes a snapshot holds in memory; generous, since it bounds what is kept. */
final class Weight {
    private static final int SNAPSHOT = 2_000;
    private static final int GPU = 3_000;
    private static final int ENGINE = 3_000;
    private static final int MODEL = 700;
    private static final int FIGURE = 80;
    private static final int SERIES = 160;
    private static final int LINE = 200;

    private Weight() {}

    static long of(Snapshot snapshot) {
        long sum = SNAPSHOT + (long) GPU * snapshot.machine().gpus().size();
        for (EngineSnapshot engine : snapshot.engines()) {
            sum += of(engine);
        }
        Snapshot.Findings findings = snapshot.findings();
        return sum
                + (long) LINE
                        * (findings.scan().candidates().size()
                                + findings.events().size()
                                + findings.problems().size());
    }

    private static long of(EngineSnapshot engine) {
        EngineSnapshot.Measured measured = engine.measured();
        long sum = ENGINE
                + (long) FIGURE
                        * (measured.metrics().asMap().size()
                                + measured.sources().size())
                + (long) SERIES * measured.extra().size()
                + (long) LINE
                        * (engine.findings().evidence().size()
                                + engine.findings().unavailable().size());
        for (ModelSnapshot model : engine.models()) {
            sum += MODEL + (long) FIGURE * model.metrics().asMap().size();
        }
        return sum;
    }
}
