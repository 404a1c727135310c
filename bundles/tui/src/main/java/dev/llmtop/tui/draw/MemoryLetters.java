// SPDX-License-Identifier: MIT
package dev.llmtop.tui.draw;

import dev.llmtop.agent.MemoryMap;
import dev.llmtop.agent.MemoryMap.Kind;
import dev.llmtop.agent.MemoryMap.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Gives each part of a memory map a sign: engines the first letter of their title, digits on a clash; {@code s} and {@code .}. */
final class MemoryLetters {
    private static final int MOST_ENGINES = 35;

    private MemoryLetters() {}

    /** A part and its sign. */
    record Signed(String sign, Part part) {}

    /**
     * Engines, then the system with all other processes, then what is free.
     *
     * @param order ids of the engines in the order of the table
     */
    static List<Signed> of(MemoryMap map, List<String> order) {
        List<Signed> signed = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        List<Part> parts = new ArrayList<>(map.parts());
        parts.sort(
                Comparator.comparingInt(part -> order.contains(part.id()) ? order.indexOf(part.id()) : order.size()));
        for (Part part : parts) {
            if (part.kind() == Kind.ENGINE && signed.size() < MOST_ENGINES) {
                signed.add(new Signed(sign(part.title(), taken), part));
            }
        }
        long named = signed.stream().mapToLong(one -> one.part().bytes()).sum();
        long free = map.bytes(Kind.FREE);
        signed.add(new Signed(
                "s", new Part(Kind.SYSTEM, "system", "os, others", Math.max(0, map.totalBytes() - named - free))));
        signed.add(new Signed(".", new Part(Kind.FREE, "free", "free", free)));
        return signed;
    }

    private static String sign(String title, Set<String> taken) {
        String letter = title.isEmpty() ? "E" : title.substring(0, 1).toUpperCase(Locale.ROOT);
        if (letter.matches("[A-Z]") && taken.add(letter)) {
            return letter;
        }
        for (int digit = 1; digit <= 9; digit++) {
            if (taken.add(Integer.toString(digit))) {
                return Integer.toString(digit);
            }
        }
        return "+";
    }

    /** Cells of each part: together the bar, at least one for each that is there while there are enough. */
    static int[] cells(List<Signed> parts, long totalBytes, int cells) {
        int[] share = new int[parts.size()];
        double[] exact = new double[parts.size()];
        int left = cells;
        for (int at = 0; at < share.length; at++) {
            double part = (double) parts.get(at).part().bytes() / Math.max(1, totalBytes);
            exact[at] = totalBytes <= 0 ? 0 : Math.max(0, Math.min(1, part)) * cells;
            share[at] = exact[at] > 0 ? Math.max(1, (int) exact[at]) : 0;
            left -= share[at];
        }
        for (; left > 0 && totalBytes > 0; left--) {
            share[most(exact, share, 1)]++;
        }
        for (; left < 0; left++) {
            share[most(exact, share, -1)]--;
        }
        return share;
    }

    /** Which part is owed the most cells ({@code sign} 1), or has the most too many (-1), those with one last. */
    private static int most(double[] exact, int[] share, int sign) {
        int most = 0;
        double owed = Double.NEGATIVE_INFINITY;
        for (int at = 0; at < share.length; at++) {
            double one = sign * (exact[at] - share[at]) - (sign < 0 && share[at] <= 1 ? 1_000 * (2 - share[at]) : 0);
            if (exact[at] > 0 && share[at] + sign >= 0 && one > owed) {
                most = at;
                owed = one;
            }
        }
        return most;
    }
}
