// SPDX-License-Identifier: MIT
package dev.llmtop.replay;

import dev.llmtop.model.Text;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Understands places in a recording in a person's words.
 *
 * @param start when the recording began
 * @param at where it stands
 * @param length from its first snapshot to its last
 */
record Places(Instant start, Duration at, Duration length) {
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%");
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d{2}):(\\d{2})");
    private static final Pattern MINUTES = Pattern.compile("(\\d{1,5}):(\\d{2})");
    private static final Pattern LENGTH =
            Pattern.compile("(?:(\\d{1,5})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9}(?:\\.\\d{1,3})?)s?)?");

    /** A line that says what is taken. */
    static final String TAKEN = "a place is 50%, 1:30, 90s, +10s, -1m, 12:30:05 (UTC), an instant, start or end";

    /**
     * The place from the start, held within the recording.
     *
     * @throws IllegalArgumentException where the words are no place; its message is a line for a person
     */
    Duration find(String words) {
        String word = words.strip();
        Duration place = switch (word) {
            case "start" -> Duration.ZERO;
            case "end" -> length;
            case "" -> throw new IllegalArgumentException(TAKEN);
            default ->
                switch (word.charAt(0)) {
                    case '+' -> at.plus(lengthOf(word.substring(1), word));
                    case '-' -> at.minus(lengthOf(word.substring(1), word));
                    default -> absolute(word);
                };
        };
        return place.isNegative() ? Duration.ZERO : place.compareTo(length) > 0 ? length : place;
    }

    private Duration absolute(String word) {
        Matcher percent = PERCENT.matcher(word);
        if (percent.matches()) {
            return Duration.ofMillis(Math.round(length.toMillis() * Double.parseDouble(percent.group(1)) / 100));
        }
        Matcher clock = CLOCK.matcher(word);
        if (clock.matches()) {
            return sinceStart(clock, word);
        }
        Matcher minutes = MINUTES.matcher(word);
        if (minutes.matches()) {
            return Duration.ofMinutes(Long.parseLong(minutes.group(1))).plusSeconds(Long.parseLong(minutes.group(2)));
        }
        if (word.indexOf('T') > 0) {
            try {
                return Duration.between(start, Instant.parse(word));
            } catch (DateTimeException e) {
                throw refused(word);
            }
        }
        return lengthOf(word, word);
    }

    /** A time of day: the first one that is not before the start, if the recording reaches it. */
    private Duration sinceStart(Matcher clock, String word) {
        try {
            ZonedDateTime begin = start.atZone(ZoneOffset.UTC);
            ZonedDateTime meant = begin.withHour(Integer.parseInt(clock.group(1)))
                    .withMinute(Integer.parseInt(clock.group(2)))
                    .withSecond(Integer.parseInt(clock.group(3)))
                    .withNano(999_000_000);
            Duration later = Duration.between(begin, meant.plusDays(1));
            return !meant.isBefore(begin)
                    ? Duration.between(begin, meant)
                    : later.compareTo(length) <= 0 ? later : Duration.ZERO;
        } catch (DateTimeException e) {
            throw refused(word);
        }
    }

    private static Duration lengthOf(String text, String word) {
        Matcher length = LENGTH.matcher(text);
        if (text.isEmpty() || !length.matches()) {
            throw refused(word);
        }
        return Duration.ofHours(number(length.group(1)))
                .plusMinutes(number(length.group(2)))
                .plusMillis(length.group(3) == null ? 0 : Math.round(Double.parseDouble(length.group(3)) * 1_000));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static IllegalArgumentException refused(String word) {
        return new IllegalArgumentException("'" + Text.clean(word) + "' is no place; " + TAKEN);
    }
}
