// SPDX-License-Identifier: MIT
package dev.llmtop.agent;

/**
 * Writes values into table cells: at most 3 significant digits, as few cells as asked for, never a rounded-away zero. Pure; what is
 * missing is {@link dev.llmtop.model.Reason#cell()} and no affair of this class. The ellipsis and all else is ASCII.
 */
public final class Cells {
    /** The usual width of a value. */
    public static final int WIDTH = 5;

    private static final String[] DECIMAL_UNITS = {"", "K", "M", "G", "T", "P", "E"};
    private static final String[] BINARY_UNITS = {"B", "K", "M", "G", "T", "P", "E"};
    private static final String TOO_WIDE = "#";

    private Cells() {}

    /** A number in decimal units: {@code 0.40}, {@code 38.4}, {@code 143}, {@code 1.21K}. */
    public static String number(double value) {
        return number(value, WIDTH);
    }

    /**
     * A number with as many significant digits (at most 3) as fit.
     *
     * @param cells at least 3; what cannot be written in them is {@code #}
     */
    public static String number(double value, int cells) {
        if (value == 0) {
            return "0";
        }
        if (value < 0) {
            String positive = number(-value, cells - 1);
            return positive.equals(TOO_WIDE) ? TOO_WIDE : "-" + positive;
        }
        if (value < 0.005) {
            return cells >= 5 ? "<0.01" : "<.1";
        }
        for (int digits = 3; digits >= 1; digits--) {
            String written = scaled(value, 1_000, digits, DECIMAL_UNITS);
            if (written.length() <= cells) {
                return written;
            }
        }
        return TOO_WIDE;
    }

    /** A whole number: exact below 1,000, else as {@link #number(double)}. */
    public static String count(long value) {
        return value > -1_000 && value < 1_000 ? Long.toString(value) : number(value);
    }

    /** A whole number in so many cells. */
    public static String count(long value, int cells) {
        String exact = Long.toString(value);
        return Math.abs(value) < 1_000 && exact.length() <= cells ? exact : number(value, cells);
    }

    /** A length in tokens: exact where it fits, else binary where it is a multiple of 1,024: {@code 32768}, {@code 128K}. */
    public static String tokens(long value) {
        if (value < 100_000) {
            return Long.toString(value);
        }
        if (value % (1 << 20) == 0) {
            return (value >> 20) + "M";
        }
        return value % 1_024 == 0 && value >> 10 < 10_000 ? (value >> 10) + "K" : number(value);
    }

    /** Bytes in binary units: {@code 4.6G}, {@code 102G}. */
    public static String bytes(double value) {
        return bytes(value, WIDTH);
    }

    /** Bytes in binary units in so many cells, at least 4. */
    public static String bytes(double value, int cells) {
        if (value == 0) {
            return "0";
        }
        for (int digits = 2; digits >= 1; digits--) {
            String written = scaled(value, 1_024, digits, BINARY_UNITS);
            if (written.length() <= cells) {
                return written;
            }
        }
        return TOO_WIDE;
    }

    /** Bytes for a text, with unit: {@code 4.60 GiB}, {@code 512 B}. */
    public static String bytesInText(double value) {
        String written = scaled(value, 1_024, 3, BINARY_UNITS);
        String number = written.substring(0, written.length() - 1);
        char unit = written.charAt(written.length() - 1);
        return unit == 'B' ? number + " B" : number + " " + unit + "iB";
    }

    /** A ratio in whole percent; what is above 0 and below 0.5 % is {@code <1%}. */
    public static String ratio(double value) {
        if (value > 0 && value < 0.005) {
            return "<1%";
        }
        return Math.round(value * 100) + "%";
    }

    /** A latency: {@code 320us}, {@code 4.0ms}, {@code 120ms}, {@code 1.90s}, {@code 12.3s}; from 1,000 s a duration. */
    public static String latency(double seconds) {
        return latency(seconds, WIDTH);
    }

    /** A latency in so many cells, at least 4. */
    public static String latency(double seconds, int cells) {
        if (seconds <= 0) {
            return "0s";
        }
        if (seconds >= 999.5) {
            return duration(seconds, cells);
        }
        for (int digits = 3; digits >= 1; digits--) {
            String written = latencyOf(seconds, digits);
            if (written.length() <= cells) {
                return written;
            }
        }
        return TOO_WIDE;
    }

    private static String latencyOf(double seconds, int digits) {
        if (seconds < 0.0009995) {
            return Math.max(1, Math.round(seconds * 1e6)) + "us";
        }
        return seconds < 0.9995 ? significant(seconds * 1e3, digits) + "ms" : significant(seconds, digits) + "s";
    }

    /** A model's id in a narrow column: of a path its last part, since the end tells models apart; anything else as it is. */
    public static String model(String id) {
        boolean path =
                id.startsWith("/") || id.startsWith("./") || id.startsWith("~/") || id.matches("[A-Za-z]:\\\\.*");
        String name = id.substring(Math.max(id.lastIndexOf('/'), id.lastIndexOf('\\')) + 1);
        return path && !name.isEmpty() ? name : id;
    }

    /** How long something lasted: {@code 41s}, {@code 3m07s}, {@code 3h12m}, {@code 1d0h}; the largest unit alone where two do not fit. */
    public static String duration(double seconds) {
        return duration(seconds, WIDTH);
    }

    /** How long something lasted, in so many cells, at least 4. */
    public static String duration(double seconds, int cells) {
        long whole = Math.max(0, (long) seconds);
        if (whole < 60) {
            return whole + "s";
        }
        if (whole < 3_600) {
            return twoUnits(whole / 60, "m", whole % 60, "s", true, cells);
        }
        if (whole < 86_400) {
            return twoUnits(whole / 3_600, "h", whole % 3_600 / 60, "m", true, cells);
        }
        return twoUnits(whole / 86_400, "d", whole % 86_400 / 3_600, "h", false, cells);
    }

    private static String twoUnits(long large, String unit, long small, String smallUnit, boolean padded, int cells) {
        String rest = padded && small < 10 ? "0" + small : Long.toString(small);
        String both = large + unit + rest + smallUnit;
        return both.length() <= cells ? both : large + unit;
    }

    /** {@code value} in the largest unit that leaves it at least 1; rounded before the unit is chosen, so never {@code 1000K}. */
    private static String scaled(double value, int step, int digits, String[] units) {
        double rest = value;
        int unit = 0;
        while (unit < units.length - 1 && Math.abs(rounded(rest, digits)) >= (step == 1_000 ? 1_000 : 999.5)) {
            rest /= step;
            unit++;
        }
        boolean whole = step == 1_024 && unit == 0;
        return (whole ? Long.toString(Math.round(rest)) : significant(rest, digits)) + units[unit];
    }

    private static double rounded(double value, int digits) {
        return value >= 100 ? Math.rint(value) : Double.parseDouble(significant(value, digits));
    }

    /** At most so many digits, a leading 0 among them, but every digit of the whole part. */
    private static String significant(double value, int digits) {
        // How many digits stand before the point is known only after rounding: 9.996 is 10.0, not 10.00.
        for (int decimals = digits - 1; decimals > 0; decimals--) {
            String written = fixed(value, decimals);
            if (written.length() - 1 <= digits) {
                return written;
            }
        }
        return Long.toString(Math.round(value));
    }

    private static String fixed(double value, int decimals) {
        int power = decimals == 1 ? 10 : 100;
        long scaled = Math.round(value * power);
        long rest = scaled % power;
        return scaled / power + (power == 100 && rest < 10 ? ".0" : ".") + rest;
    }
}
