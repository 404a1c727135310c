// SPDX-License-Identifier: MIT
package dev.llmtop.logging;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;

/**
 * The loggers of this process, all into one journal. There is one factory, made when the first logger is asked for: slf4j binds
 * statically, long before any component could be there.
 */
public final class JournalLoggers implements ILoggerFactory {
    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
    private final Journal journal;

    JournalLoggers(Journal journal) {
        this.journal = journal;
    }

    /** Those of this process; {@code org.slf4j.impl} hands them to slf4j. */
    public static JournalLoggers ofProcess() {
        return new JournalLoggers(ProcessJournal.get());
    }

    @Override
    public Logger getLogger(String name) {
        return loggers.computeIfAbsent(name, fresh -> new JournalLogger(fresh, journal));
    }
}
