// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * Every value that option, environment and file can set: one row says where it goes, what it takes and how it is
 * called at each place. Nothing else in the program lists them.
 */
enum Setting {
    INTERVAL(
            "dev.llmtop.monitor",
            "interval.ms",
            ValueType.DURATION,
            200,
            3_600_000,
            "--interval",
            "SECONDS",
            "time between two samples, 0.2 to 3600 (default 1)"),
    SAMPLES(
            "dev.llmtop.monitor",
            "samples",
            ValueType.NUMBER,
            1,
            10,
            "--samples",
            "N",
            "samples taken for one snapshot, 1 to 10 (default 2); rates need 2"),
    WINDOW(
            "dev.llmtop.monitor",
            "window.seconds",
            ValueType.NUMBER,
            5,
            3_600,
            "--window",
            "SECONDS",
            "how far back latencies and hit ratios reach, 5 to 3600 (default 60)"),
    GPU("dev.llmtop.monitor", "gpu", ValueType.FLAG, 0, 1, "--no-gpu", "", "do not ask for GPU figures"),
    TIMEOUT(
            "dev.llmtop.probe",
            "timeout.ms",
            ValueType.DURATION,
            100,
            60_000,
            "--timeout",
            "SECONDS",
            "longest wait for one scrape of an engine, 0.1 to 60 (default 2)"),
    PORTS(
            "dev.llmtop.discovery",
            "ports",
            ValueType.PORTS,
            1,
            65535,
            "--port",
            "N",
            "look at this port of this machine too (repeatable)"),
    ENDPOINTS(
            "dev.llmtop.discovery",
            "endpoints",
            ValueType.URLS,
            0,
            0,
            "--endpoint",
            "URL",
            "look at this engine too, http://HOST:PORT (repeatable); LLMTOP_API_KEY may be sent to it"),
    RESET_VIEW(
            "dev.llmtop.tui",
            "reset.view",
            ValueType.FLAG,
            0,
            1,
            "--reset-view",
            "",
            "begin with the screen's first view, not with the one kept from last time"),
    DEBUG(
            "dev.llmtop.logging",
            "debug",
            ValueType.FLAG,
            0,
            1,
            "--debug",
            "",
            "write the log to standard error as well");

    private final String pid;
    private final String key;
    private final ValueType type;
    private final long least;
    private final long most;
    private final String option;
    private final String parameter;
    private final String help;

    Setting(
            String pid,
            String key,
            ValueType type,
            long least,
            long most,
            String option,
            String parameter,
            String help) {
        this.pid = pid;
        this.key = key;
        this.type = type;
        this.least = least;
        this.most = most;
        this.option = option;
        this.parameter = parameter;
        this.help = help;
    }

    /** The component that takes the value. */
    String pid() {
        return pid;
    }

    /** The component's property. */
    String key() {
        return key;
    }

    ValueType type() {
        return type;
    }

    String option() {
        return option;
    }

    /** The option's parameter as the help names it; empty for a switch. */
    String parameter() {
        return parameter;
    }

    String help() {
        return help;
    }

    /** The environment variable: {@code LLMTOP_} and the option's name. */
    String variable() {
        return "LLMTOP_" + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The value that the option or its variable stands for: the property's type, checked against the range. */
    Object fromOption(String name, String text) throws UsageException {
        // --no-gpu is the one switch that turns something off.
        return this == GPU ? (Object) !(Boolean) read(name, text, true) : read(name, text, true);
    }

    /** The value of the property in a file: the property's type, checked against the range. */
    Object fromFile(String name, String text) throws UsageException {
        return read(name, text, false);
    }

    private Object read(String name, String text, boolean option) throws UsageException {
        try {
            return switch (type) {
                case DURATION -> within(ValueType.milliseconds(text, option));
                case NUMBER -> Math.toIntExact(within(Integer.parseInt(text.strip())));
                case FLAG -> ValueType.flag(text);
                case PORTS -> ValueType.ports(text);
                case URLS -> ValueType.urls(text);
            };
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new UsageException(name + " takes " + takes(option) + ", not '" + Printable.of(text) + "'");
        }
    }

    private long within(long value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    /** What a value must look like, with an example that works. */
    String takes(boolean option) {
        return switch (type) {
            case DURATION ->
                option
                        ? "seconds from " + seconds(least) + " to " + seconds(most) + ", such as 1.5"
                        : "milliseconds from " + least + " to " + most + ", such as 1500";
            case NUMBER -> "a whole number from " + least + " to " + most + ", such as " + (this == WINDOW ? 60 : 2);
            case FLAG -> "true or false";
            case PORTS -> "a port from " + least + " to " + most + ", such as 8000";
            case URLS -> "a URL without user or query, such as http://127.0.0.1:8000";
        };
    }

    private static String seconds(long milliseconds) {
        return BigDecimal.valueOf(milliseconds, 3).stripTrailingZeros().toPlainString();
    }
}
