// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.Locale;

/**
 * One reason for or against what an engine is taken to be.
 *
 * @param signal where it comes from, such as {@code process}, {@code fingerprint}, {@code port}, {@code owner}
 * @param verdict for, against, or could not be read
 * @param says one line for a person, cleaned and redacted
 */
public record Evidence(String signal, Weight verdict, String says) {
    /** Which way it points. */
    public enum Weight {
        FOR,
        AGAINST,
        UNREADABLE;

        /** The code of the JSON contract. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Evidence for. */
    public static Evidence supporting(String signal, String says) {
        return new Evidence(signal, Weight.FOR, says);
    }

    /** Evidence against. */
    public static Evidence against(String signal, String says) {
        return new Evidence(signal, Weight.AGAINST, says);
    }

    /** Evidence that could not be read. */
    public static Evidence unreadable(String signal, String says) {
        return new Evidence(signal, Weight.UNREADABLE, says);
    }
}
