// SPDX-License-Identifier: MIT
package dev.llmtop.tui.filter;

/** How a value stands to a bound. */
public enum Comparison {
    AT_LEAST(">="),
    AT_MOST("<="),
    MORE(">"),
    LESS("<"),
    EQUAL("=");

    private final String sign;

    Comparison(String sign) {
        this.sign = sign;
    }

    String sign() {
        return sign;
    }

    /**
     * Whether it holds.
     *
     * @param fineness of the cell that shows the value: what rounds to the same is equal
     */
    boolean holds(double value, double bound, double fineness) {
        return switch (this) {
            case AT_LEAST -> value >= bound;
            case AT_MOST -> value <= bound;
            case MORE -> value > bound;
            case LESS -> value < bound;
            case EQUAL -> Math.abs(value - bound) <= Math.max(fineness / 2, Math.abs(bound) * 0.005);
        };
    }
}
