// SPDX-License-Identifier: MIT
package dev.llmtop.probe;

import java.util.HashSet;
import java.util.Set;

/** A body of announced length. */
final class LengthFrame implements Frame {
    private long left;

    LengthFrame(long length) {
        left = length;
    }

    /** The length that a head announces; -1 for none, or one that makes no sense, or several. */
    static long announced(ResponseHead head) {
        Set<String> lengths = new HashSet<>(head.elements("content-length"));
        String length = lengths.size() == 1 ? lengths.iterator().next() : "";
        if (length.isEmpty() || length.length() > 18) {
            return -1;
        }
        for (int at = 0; at < length.length(); at++) {
            if (length.charAt(at) < '0' || length.charAt(at) > '9') {
                return -1;
            }
        }
        return Long.parseLong(length);
    }

    @Override
    public long next() {
        return left;
    }

    @Override
    public void consumed(int count) {
        left -= count;
    }

    @Override
    public boolean endsWithConnection() {
        return false;
    }
}
