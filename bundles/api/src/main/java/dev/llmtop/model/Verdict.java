// SPDX-License-Identifier: MIT
package dev.llmtop.model;

import java.util.Locale;

/** What became of a candidate. Grows in minor versions: keep a {@code default} when switching over it. */
public enum Verdict {
    /** An adapter claims it. */
    ENGINE,
    /** Asked, nobody claims it. */
    NOT_AN_ENGINE,
    /** A signal pointed at it but a rule forbids asking. */
    LEFT_ALONE,
    /** No HTTP answer within its deadline. */
    SILENT,
    /** Still being asked. */
    ASKING;

    /** The code of the JSON contract, lower case with hyphens. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
