// SPDX-License-Identifier: MIT
package dev.llmtop.logging;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Carries the configuration {@code debug} into the journal, which writes with or without this component. */
@Component(
        name = "dev.llmtop.logging",
        service = {},
        immediate = true)
public final class Logging {
    private final Journal journal;
    private final boolean debugBefore;

    /** What is logged. */
    public @interface Config {
        /** Whether details are logged, to standard error as well. */
        boolean debug() default false;
    }

    /** Turns debug on; a property that turned it on before stands. */
    @Activate
    public Logging(Config config) {
        this(config.debug(), ProcessJournal.get(), Boolean.getBoolean("llmtop.debug"));
    }

    Logging(boolean debug, Journal journal, boolean debugBefore) {
        this.journal = journal;
        this.debugBefore = debugBefore;
        journal.debug(debug || debugBefore);
    }

    @Deactivate
    void stop() {
        journal.debug(debugBefore);
    }
}
