// SPDX-License-Identifier: MIT
package dev.llmtop.adapter.sglang;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Compares versions of SGLang: three numbers, and a rest that does not count. */
final class SglangVersion {
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6}).*");

    private SglangVersion() {}

    /** Whether a version is this one or a later one; {@code false} where it is no version. */
    static boolean atLeast(String version, int major, int minor, int patch) {
        Matcher numbers = NUMBERS.matcher(version);
        if (!numbers.matches()) {
            return false;
        }
        int[] given = IntStream.rangeClosed(1, 3)
                .map(group -> Integer.parseInt(numbers.group(group)))
                .toArray();
        return Arrays.compare(given, new int[] {major, minor, patch}) >= 0;
    }
}
