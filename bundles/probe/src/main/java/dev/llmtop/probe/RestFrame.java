// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

/** A body that ends with its connection. */
final class RestFrame implements Frame {
    @Override
    public long next() {
        return Long.MAX_VALUE;
    }

    @Override
    public void consumed(int count) {
        // there is no end to come nearer to
    }

    @Override
    public boolean endsWithConnection() {
        return true;
    }
}
