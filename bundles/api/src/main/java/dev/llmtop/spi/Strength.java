// SPDX-License-Identifier: MIT
package dev.llmtop.spi;

/** How sure a {@link Match} is; the strongest wins, a tie goes to the higher {@code service.ranking}, then to the kind. */
public enum Strength {
    /** Not this kind. */
    NONE,
    /** Has the shape that many products share. */
    GENERIC,
    /** Present but closed (401, 403): nothing else is known. */
    BLOCKED,
    /** Its process names the kind; no answer contradicts. */
    HINTED,
    /** An answer that only this kind gives. */
    DISTINCTIVE,
    /** A distinctive answer and a process that names the kind. */
    PROVEN
}
