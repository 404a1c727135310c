// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

/**
 * Where standard output goes and where keys come from, as the start script saw it: the script asks the shell, which costs nothing,
 * while Java can tell only if both are terminals.
 *
 * @param terminal whether standard output is a terminal
 * @param keyboard whether standard input is a terminal
 * @param errors whether standard error is a terminal
 * @param columns its width in characters; 0 if unknown or no terminal
 * @param rows its height; 0 if unknown or no terminal
 */
record Screen(boolean terminal, boolean keyboard, boolean errors, int columns, int rows) {
    static Screen fromProperties() {
        boolean terminal = Boolean.getBoolean("llmtop.terminal");
        return new Screen(
                terminal,
                Boolean.getBoolean("llmtop.keyboard"),
                Boolean.getBoolean("llmtop.errors"),
                terminal ? Math.max(0, Integer.getInteger("llmtop.columns", 0)) : 0,
                terminal ? Math.max(0, Integer.getInteger("llmtop.rows", 0)) : 0);
    }

    /** Whether only ASCII may be written: to a pipe, and to a terminal that takes no UTF-8. */
    boolean plain() {
        return !terminal || !"UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));
    }

    /** Whether somebody sits there: with keys and a whole screen. */
    boolean interactive() {
        return terminal && keyboard;
    }
}
