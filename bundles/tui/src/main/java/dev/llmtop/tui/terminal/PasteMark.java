// SPDX-License-Identifier: MIT
package dev.llmtop.tui.terminal;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;

/** Between two of these lies pasted text. Lanterna has no such key. */
final class PasteMark extends KeyStroke {
    private final boolean begin;

    PasteMark(boolean begin) {
        super(KeyType.Unknown);
        this.begin = begin;
    }

    boolean begins() {
        return begin;
    }
}
