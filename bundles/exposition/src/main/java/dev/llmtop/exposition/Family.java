// SPDX-License-Identifier: MIT
package dev.llmtop.exposition;

/**
 * What the comment lines of a page say of a metric.
 *
 * @param name as its {@code # TYPE} line has it; of an OpenMetrics counter without {@code _total}
 * @param type UNTYPED where the page does not say
 * @param help may be empty; raw, clean what you show
 * @param unit may be empty
 */
public record Family(String name, FamilyType type, String help, String unit) {
    static Family untyped(String name) {
        return new Family(name, FamilyType.UNTYPED, "", "");
    }

    Family withType(FamilyType known) {
        return new Family(name, known, help, unit);
    }

    Family withHelp(String known) {
        return new Family(name, type, known, unit);
    }

    Family withUnit(String known) {
        return new Family(name, type, help, known);
    }

    /** Whether the name of a sample is one that a family of this name and type has. */
    boolean owns(String sample) {
        if (sample.equals(name)) {
            return true;
        }
        if (!sample.startsWith(name)) {
            return false;
        }
        String suffix = sample.substring(name.length());
        return switch (type) {
            case COUNTER -> suffix.equals("_total") || suffix.equals("_created");
            case HISTOGRAM ->
                suffix.equals("_bucket")
                        || suffix.equals("_sum")
                        || suffix.equals("_count")
                        || suffix.equals("_created");
            case SUMMARY -> suffix.equals("_sum") || suffix.equals("_count") || suffix.equals("_created");
            case GAUGE_HISTOGRAM -> suffix.equals("_bucket") || suffix.equals("_gsum") || suffix.equals("_gcount");
            case INFO -> suffix.equals("_info");
            case GAUGE, STATE_SET, UNTYPED -> false;
        };
    }
}
