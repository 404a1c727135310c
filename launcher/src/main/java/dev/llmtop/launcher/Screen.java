// SPDX-License-Identifier: MIT
package dev.llmtop.launcher;

/**
 * Where standard output goes, as the start script saw it: the script asks the shell, which costs nothing, while Java
 * can tell only if standard input is a terminal as well.
 *
 * @param terminal whether standard output is a terminal
 * @param columns its width in characters; 0 if unknown or no terminal
 */
record Screen(boolean terminal, int columns) {
    static Screen fromProperties() {
        boolean terminal = Boolean.getBoolean("llmtop.terminal");
        return new Screen(terminal, terminal ? Math.max(0, Integer.getInteger("llmtop.columns", 0)) : 0);
    }
}
