// SPDX-License-Identifier: MIT
package dev.llmtop.logging;

import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MarkerIgnoringBase;
import org.slf4j.helpers.MessageFormatter;

/** A logger as slf4j 1.7 wants it: five levels, five forms each. */
final class JournalLogger extends MarkerIgnoringBase {
    private static final long serialVersionUID = 1;

    private final transient Journal journal;

    JournalLogger(String name, Journal journal) {
        this.name = name;
        this.journal = journal;
    }

    private void say(Level level, @Nullable String message, @Nullable Throwable thrown) {
        if (journal.takes(name, level)) {
            journal.write(level, name, String.valueOf(message), thrown);
        }
    }

    private void format(Level level, @Nullable String format, @Nullable Object @Nullable ... arguments) {
        if (journal.takes(name, level)) {
            FormattingTuple tuple = MessageFormatter.arrayFormat(format, arguments);
            journal.write(level, name, String.valueOf(tuple.getMessage()), tuple.getThrowable());
        }
    }

    @Override
    public boolean isTraceEnabled() {
        return journal.takes(name, Level.TRACE);
    }

    @Override
    public void trace(@Nullable String message) {
        say(Level.TRACE, message, null);
    }

    @Override
    public void trace(@Nullable String format, @Nullable Object argument) {
        format(Level.TRACE, format, argument);
    }

    @Override
    public void trace(@Nullable String format, @Nullable Object first, @Nullable Object second) {
        format(Level.TRACE, format, first, second);
    }

    @Override
    public void trace(@Nullable String format, @Nullable Object @Nullable ... arguments) {
        format(Level.TRACE, format, arguments);
    }

    @Override
    public void trace(@Nullable String message, @Nullable Throwable thrown) {
        say(Level.TRACE, message, thrown);
    }

    @Override
    public boolean isDebugEnabled() {
        return journal.takes(name, Level.DEBUG);
    }

    @Override
    public void debug(@Nullable String message) {
        say(Level.DEBUG, message, null);
    }

    @Override
    public void debug(@Nullable String format, @Nullable Object argument) {
        format(Level.DEBUG, format, argument);
    }

    @Override
    public void debug(@Nullable String format, @Nullable Object first, @Nullable Object second) {
        format(Level.DEBUG, format, first, second);
    }

    @Override
    public void debug(@Nullable String format, @Nullable Object @Nullable ... arguments) {
        format(Level.DEBUG, format, arguments);
    }

    @Override
    public void debug(@Nullable String message, @Nullable Throwable thrown) {
        say(Level.DEBUG, message, thrown);
    }

    @Override
    public boolean isInfoEnabled() {
        return journal.takes(name, Level.INFO);
    }

    @Override
    public void info(@Nullable String message) {
        say(Level.INFO, message, null);
    }

    @Override
    public void info(@Nullable String format, @Nullable Object argument) {
        format(Level.INFO, format, argument);
    }

    @Override
    public void info(@Nullable String format, @Nullable Object first, @Nullable Object second) {
        format(Level.INFO, format, first, second);
    }

    @Override
    public void info(@Nullable String format, @Nullable Object @Nullable ... arguments) {
        format(Level.INFO, format, arguments);
    }

    @Override
    public void info(@Nullable String message, @Nullable Throwable thrown) {
        say(Level.INFO, message, thrown);
    }

    @Override
    public boolean isWarnEnabled() {
        return journal.takes(name, Level.WARN);
    }

    @Override
    public void warn(@Nullable String message) {
        say(Level.WARN, message, null);
    }

    @Override
    public void warn(@Nullable String format, @Nullable Object argument) {
        format(Level.WARN, format, argument);
    }

    @Override
    public void warn(@Nullable String format, @Nullable Object first, @Nullable Object second) {
        format(Level.WARN, format, first, second);
    }

    @Override
    public void warn(@Nullable String format, @Nullable Object @Nullable ... arguments) {
        format(Level.WARN, format, arguments);
    }

    @Override
    public void warn(@Nullable String message, @Nullable Throwable thrown) {
        say(Level.WARN, message, thrown);
    }

    @Override
    public boolean isErrorEnabled() {
        return journal.takes(name, Level.ERROR);
    }

    @Override
    public void error(@Nullable String message) {
        say(Level.ERROR, message, null);
    }

    @Override
    public void error(@Nullable String format, @Nullable Object argument) {
        format(Level.ERROR, format, argument);
    }

    @Override
    public void error(@Nullable String format, @Nullable Object first, @Nullable Object second) {
        format(Level.ERROR, format, first, second);
    }

    @Override
    public void error(@Nullable String format, @Nullable Object @Nullable ... arguments) {
        format(Level.ERROR, format, arguments);
    }

    @Override
    public void error(@Nullable String message, @Nullable Throwable thrown) {
        say(Level.ERROR, message, thrown);
    }
}
