// SPDX-License-Identifier: MIT
package dev.llmtop.host;

/** Writes addresses in their one canonical form (RFC 5952), which engines' ids are made of. */
final class Addresses {
    private Addresses() {}

    /**
     * From the words of {@code net/tcp}: each is printed as a number of the machine, and both of ours are little-endian. An
     * IPv4-mapped address is an IPv4 one.
     */
    static String ofWords(int[] words, int count) {
        byte[] bytes = new byte[count * 4];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) (words[at / 4] >>> 8 * (at % 4));
        }
        return ofBytes(bytes);
    }

    /** From 4 or 16 bytes in network order. */
    static String ofBytes(byte[] bytes) {
        if (bytes.length == 4) {
            return ofIpv4(bytes, 0);
        }
        return isMapped(bytes) ? ofIpv4(bytes, 12) : ofIpv6(bytes);
    }

    private static boolean isMapped(byte[] bytes) {
        for (int at = 0; at < 10; at++) {
            if (bytes[at] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }

    private static String ofIpv4(byte[] bytes, int start) {
        return (bytes[start] & 255) + "." + (bytes[start + 1] & 255) + "." + (bytes[start + 2] & 255) + "."
                + (bytes[start + 3] & 255);
    }

    private static String ofIpv6(byte[] bytes) {
        int gap = -1;
        int gapLength = 1;
        for (int start = 0; start < 8; start++) {
            int length = 0;
            while (start + length < 8 && group(bytes, start + length) == 0) {
                length++;
            }
            if (length > gapLength) {
                gap = start;
                gapLength = length;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int at = 0; at < 8; at++) {
            if (at == gap) {
                text.append("::");
                at += gapLength - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(bytes, at)));
        }
        return text.toString();
    }

    private static int group(byte[] bytes, int at) {
        return (bytes[2 * at] & 255) << 8 | bytes[2 * at + 1] & 255;
    }
}
