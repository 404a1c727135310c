// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

import java.util.Optional;

/** What the program does with its snapshots: the component whose configuration exists is the one that runs. */
enum Mode {
    /** The screen. */
    TUI("dev.llmtop.tui", "screen"),
    /** One snapshot as text. */
    ONCE("dev.llmtop.report", "once"),
    /** One snapshot as JSON. */
    JSON("dev.llmtop.report", "json"),
    /** One line of JSON a tick. */
    WATCH("dev.llmtop.report", "watch"),
    /** Who would be asked what, without asking. */
    EXPLAIN("dev.llmtop.report.explain", "explain"),
    /** What one engine answers, as a case for tests. */
    RECORD("dev.llmtop.recorder", "record"),
    /** A Gogo prompt in this terminal. */
    SHELL("dev.llmtop.shell.console", "shell"),
    /** No screen: only for other terminals of the same user. */
    HEADLESS("dev.llmtop.shell.remote", "headless");

    /** Bundles of the shell; only a mode that takes commands starts them. */
    private static final String SHELL_BUNDLES = "org.apache.felix.gogo.";

    /** Felix's own prompt, which reads standard input. */
    private static final String PROMPT_BUNDLE = SHELL_BUNDLES + "shell";

    /** Our commands, and, with a longer name, the way to them from other terminals. */
    private static final String COMMANDS_BUNDLE = "dev.llmtop.shell";

    private static final String SCREEN_BUNDLE = "dev.llmtop.tui";

    /** What ticks, and asks engines at every tick. */
    private static final String TICK_BUNDLE = "dev.llmtop.monitor";

    private final String component;
    private final String word;

    Mode(String component, String word) {
        this.component = component;
        this.word = word;
    }

    /** Name and PID of the component that is this mode. */
    String component() {
        return component;
    }

    /** Whether the bundle runs in this mode; one that does not is there and resolved all the same. */
    boolean starts(String symbolicName) {
        if ((this == EXPLAIN || this == RECORD) && symbolicName.equals(TICK_BUNDLE)) {
            return false;
        }
        if (symbolicName.equals(SCREEN_BUNDLE)) {
            return this == TUI;
        }
        if (symbolicName.equals(RECORD.component)) {
            return this == RECORD;
        }
        if (symbolicName.equals(DropIn.BUNDLE)) {
            return lasts();
        }
        if (this == TUI && symbolicName.equals(PROMPT_BUNDLE)) {
            return false;
        }
        return takesCommands() || !isForCommands(symbolicName);
    }

    private static boolean isForCommands(String symbolicName) {
        return symbolicName.startsWith(SHELL_BUNDLES) || symbolicName.startsWith(COMMANDS_BUNDLE);
    }

    /** Whether it goes on until somebody ends it. */
    boolean lasts() {
        return takesCommands() || this == WATCH;
    }

    /** Whether it lasts and somebody may give it commands, here or from another terminal. */
    boolean takesCommands() {
        return this == SHELL || this == HEADLESS || this == TUI;
    }

    /** How a running instance is asked for what this mode prints; empty where it cannot print it. */
    Optional<String> form(Screen screen) {
        return switch (this) {
            case JSON -> Optional.of("json");
            case ONCE -> Optional.of((screen.plain() ? "ascii " : "report ") + Math.min(screen.columns(), 9_999));
            case TUI, WATCH, EXPLAIN, RECORD, SHELL, HEADLESS -> Optional.empty();
        };
    }

    /** Whether somebody waits to see something. */
    boolean startsAnythingEarly() {
        return this == TUI;
    }

    /** Whether the bundle is what the user waits to see: it starts as soon as components can be activated. */
    boolean startsEarly(String symbolicName) {
        return this == TUI && symbolicName.equals(SCREEN_BUNDLE);
    }

    /** The value of the component's property {@code mode}. */
    String word() {
        return word;
    }
}
