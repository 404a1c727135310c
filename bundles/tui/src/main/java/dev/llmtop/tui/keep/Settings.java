// SPDX-License-Identifier: MIT
package dev.llmtop.tui.keep;

import dev.llmtop.tui.state.Column;
import dev.llmtop.tui.state.Look;
import dev.llmtop.tui.state.Part;
import dev.llmtop.tui.state.TableView;
import dev.llmtop.tui.state.TimeView;
import dev.llmtop.tui.state.ViewState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What of a view is kept, as lines of a file: only what differs from how it would begin anyway. Pure. */
public final class Settings {
    private static final String NONE = "none";

    private Settings() {}

    /**
     * A view with settings in it.
     *
     * @param complaints a line that could not be used, each; the view is there without it
     */
    public record Applied(ViewState view, List<String> complaints) {}

    /** The lines that make {@code view} out of {@code beginning}. */
    public static List<String> lines(ViewState view, ViewState beginning) {
        Map<String, String> wanted = values(view);
        Map<String, String> usual = values(beginning);
        return wanted.entrySet().stream()
                .filter(value -> !value.getValue().equals(usual.get(value.getKey())))
                .map(value -> value.getKey() + "=" + value.getValue())
                .toList();
    }

    private static Map<String, String> values(ViewState view) {
        Map<String, String> values = new TreeMap<>();
        values.put("theme", word(view.look().theme()));
        values.put("glyphs", view.look().ascii() ? "ascii" : "unicode");
        values.put("sort", view.table().sort().map(Settings::word).orElse(NONE));
        values.put("invert", Boolean.toString(view.table().inverted()));
        values.put("column", word(view.table().focus()));
        values.put(
                "hidden",
                view.look().hidden().isEmpty()
                        ? NONE
                        : view.look().hidden().stream()
                                .sorted()
                                .map(Settings::word)
                                .collect(Collectors.joining(",")));
        values.put("window.seconds", Long.toString(view.time().window().toSeconds()));
        values.put("interval.ms", Long.toString(view.time().interval().toMillis()));
        return values;
    }

    /** Reads lines into a view; blank ones and those that begin with {@code #} say nothing. */
    public static Applied apply(List<String> lines, ViewState beginning) {
        ViewState view = beginning;
        List<String> complaints = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            Optional<ViewState> next = equals < 0
                    ? Optional.empty()
                    : set(
                            view,
                            line.substring(0, equals).strip(),
                            line.substring(equals + 1).strip());
            if (next.isEmpty()) {
                complaints.add("line " + (index + 1) + " '" + shortened(line) + "' is no setting");
            }
            view = next.orElse(view);
        }
        return new Applied(view, complaints);
    }

    private static String shortened(String line) {
        String clean = dev.llmtop.model.Text.clean(line);
        return clean.length() <= 40 ? clean : clean.substring(0, 37) + "...";
    }

    private static Optional<ViewState> set(ViewState view, String key, String value) {
        Look look = view.look();
        TableView table = view.table();
        TimeView time = view.time();
        return switch (key) {
            case "theme" ->
                constant(Look.Theme.class, value)
                        .map(theme -> view.withLook(new Look(theme, look.ascii(), look.hidden())));
            case "glyphs" ->
                choice(value, "ascii", "unicode")
                        .map(ascii -> view.withLook(new Look(look.theme(), ascii, look.hidden())));
            case "sort" ->
                value.equals(NONE)
                        ? Optional.of(view.withTable(one -> one.withSort(Optional.empty(), table.inverted())))
                        : constant(Column.class, value)
                                .map(column ->
                                        view.withTable(one -> one.withSort(Optional.of(column), table.inverted())));
            case "invert" ->
                choice(value, "true", "false").map(invert -> view.withTable(one -> one.withSort(one.sort(), invert)));
            case "column" ->
                constant(Column.class, value)
                        .filter(Column.displayOrder()::contains)
                        .map(column -> view.withTable(one -> one.withFocus(column)));
            case "hidden" -> parts(value).map(parts -> view.withLook(new Look(look.theme(), look.ascii(), parts)));
            case "window.seconds" ->
                number(value, 10, 3_600)
                        .map(seconds -> view.withTime(new TimeView(
                                time.paused(), time.back(), Duration.ofSeconds(seconds), time.interval())));
            case "interval.ms" ->
                number(value, 200, 3_600_000)
                        .map(millis -> view.withTime(
                                new TimeView(time.paused(), time.back(), time.window(), Duration.ofMillis(millis))));
            default -> Optional.empty();
        };
    }

    private static Optional<Set<Part>> parts(String value) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        if (value.equals(NONE)) {
            return Optional.of(parts);
        }
        for (String word : value.split(",", -1)) {
            Optional<Part> part = constant(Part.class, word.strip());
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return Optional.of(parts);
    }

    private static Optional<Boolean> choice(String value, String yes, String no) {
        return value.equals(yes) ? Optional.of(true) : value.equals(no) ? Optional.of(false) : Optional.empty();
    }

    private static Optional<Long> number(String value, long least, long most) {
        return Optional.of(value)
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Long::valueOf)
                .filter(number -> number >= least && number <= most);
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, String value) {
        for (E one : type.getEnumConstants()) {
            if (word(one).equals(value)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
