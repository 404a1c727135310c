// SPDX-License-Identifier: MIT
package org.slf4j.impl;

import dev.llmtop.logging.JournalLoggers;
import org.slf4j.ILoggerFactory;
import org.slf4j.spi.LoggerFactoryBinder;

/** Binds slf4j-api to our loggers. */
public final class StaticLoggerBinder implements LoggerFactoryBinder {
    /** The slf4j API that this is made for; not final, so that no compiler copies it. */
    public static String REQUESTED_API_VERSION = "1.6.99";

    private static final StaticLoggerBinder SINGLETON = new StaticLoggerBinder();

    private final JournalLoggers loggers = JournalLoggers.ofProcess();

    private StaticLoggerBinder() {}

    /** The one binder, as slf4j 1.7 asks for it. */
    public static StaticLoggerBinder getSingleton() {
        return SINGLETON;
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }

    @Override
    public String getLoggerFactoryClassStr() {
        return JournalLoggers.class.getName();
    }
}
