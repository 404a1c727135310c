// SPDX-License-Identifier: MIT
package dev.llmtop.tui.state;

import dev.llmtop.tui.state.Input.Key;
import dev.llmtop.tui.state.Input.Name;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Keys that mean the same on the main screen and over it: what to open, time, files, looks. */
final class CommonKeys {
    private static final List<Duration> WINDOWS = List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1));

    private static final List<Duration> INTERVALS = List.of(
            Duration.ofMillis(200),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1));

    private CommonKeys() {}

    static Optional<Step> apply(ViewState view, Key key, Shown shown) {
        if (key.name() == Name.F1) {
            return Optional.of(Step.of(view.withOverlay(Overlay.of(Overlay.Kind.HELP))));
        }
        if (key.name() != Name.CHARACTER) {
            return Optional.empty();
        }
        return overlay(view, key.text()).or(() -> time(view, key.text())).or(() -> other(view, key.text()));
    }

    private static Optional<Step> overlay(ViewState view, String letter) {
        return switch (letter) {
            case "?" -> Optional.of(Step.of(view.withOverlay(Overlay.of(Overlay.Kind.HELP))));
            case "y" -> Optional.of(aboutRow(view, Overlay.Kind.WHY));
            case "e" -> Optional.of(aboutRow(view, Overlay.Kind.EVIDENCE));
            case "E" -> Optional.of(Step.of(view.withOverlay(Overlay.of(Overlay.Kind.EVENTS))));
            case "m" -> Optional.of(Step.of(view.withOverlay(Overlay.of(Overlay.Kind.MEMORY))));
            case "d" -> Optional.of(Step.of(view.withOverlay(Overlay.of(Overlay.Kind.ASKED))));
            default -> Optional.empty();
        };
    }

    /** Opens what speaks of the selected row; pressed again closes it. */
    static Step aboutRow(ViewState view, Overlay.Kind kind) {
        // Without an engine there is still a machine to ask about.
        return view.selection().isEmpty() && kind == Overlay.Kind.EVIDENCE
                ? Step.note(view, "no engine is selected")
                : Step.of(view.withOverlay(Overlay.of(kind)));
    }

    private static Optional<Step> time(ViewState view, String letter) {
        return switch (letter) {
            case "p" -> Optional.of(Step.of(view).with(view.time().paused() ? Effect.Plain.LIVE : Effect.Plain.PAUSE));
            case "[" -> Optional.of(Step.of(view).with(new Effect.Seek(-1)));
            case "]" -> Optional.of(Step.of(view).with(new Effect.Seek(1)));
            case "<" -> Optional.of(Step.of(view).with(new Effect.Speed(-1)));
            case ">" -> Optional.of(Step.of(view).with(new Effect.Speed(1)));
            case "+", "=" -> Optional.of(window(view, 1));
            case "-" -> Optional.of(window(view, -1));
            case "{" -> Optional.of(interval(view, -1));
            case "}" -> Optional.of(interval(view, 1));
            default -> Optional.empty();
        };
    }

    private static Step window(ViewState view, int by) {
        TimeView time = view.time();
        Duration window = next(WINDOWS, time.window(), by);
        if (window.equals(time.window())) {
            return Step.note(view, "graphs reach from 30s to 1h");
        }
        return Step.note(
                        view.withTime(new TimeView(time.paused(), time.back(), window, time.interval())),
                        "graphs show " + words(window))
                .with(Effect.Plain.KEEP_SETTINGS);
    }

    private static Step interval(ViewState view, int by) {
        TimeView time = view.time();
        Duration interval = next(INTERVALS, time.interval(), by);
        if (interval.equals(time.interval())) {
            return Step.note(view, "ticks are 0.2s to 1m apart");
        }
        return Step.note(
                        view.withTime(new TimeView(time.paused(), time.back(), time.window(), interval)),
                        "a tick every " + words(interval))
                .with(new Effect.SetInterval(interval))
                .with(Effect.Plain.KEEP_SETTINGS);
    }

    /** The next longer or shorter one of the list; the same where there is none. */
    private static Duration next(List<Duration> choices, Duration now, int by) {
        Duration found = now;
        for (Duration choice : choices) {
            int compared = choice.compareTo(now);
            if (by > 0 && compared > 0) {
                return choice;
            }
            if (by < 0 && compared < 0) {
                found = choice;
            }
        }
        return found;
    }

    private static String words(Duration duration) {
        if (duration.toMillis() < 1_000) {
            return "0." + duration.toMillis() / 100 + "s";
        }
        return duration.toHours() > 0
                ? duration.toHours() + "h"
                : duration.toMinutes() > 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
    }

    private static Optional<Step> other(ViewState view, String letter) {
        return switch (letter) {
            case "w" -> Optional.of(Step.of(view).with(Effect.Plain.WRITE));
            case "c" ->
                Optional.of(
                        Step.of(view.withOverlay(Overlay.of(Overlay.Kind.COPY))).with(Effect.Plain.COPY));
            case ":" -> Optional.of(command(view));
            case "r" -> Optional.of(Step.note(view, "looking again").with(Effect.Plain.REDISCOVER));
            case "A" -> Optional.of(theme(view));
            case "U" -> Optional.of(glyphs(view));
            case "R" -> Optional.of(reset(view));
            default -> Optional.empty();
        };
    }

    private static Step command(ViewState view) {
        return Step.of(view.withOverlay(Overlay.of(Overlay.Kind.COMMAND))
                .withPrompt(Optional.of(Prompt.begin(Prompt.Kind.COMMAND, ""))));
    }

    private static Step theme(ViewState view) {
        Look look = view.look();
        Look.Theme[] themes = Look.Theme.values();
        Look.Theme theme = themes[(look.theme().ordinal() + 1) % themes.length];
        String name = theme.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return Step.note(view.withLook(new Look(theme, look.ascii(), look.hidden())), "theme " + name)
                .with(Effect.Plain.KEEP_SETTINGS);
    }

    private static Step glyphs(ViewState view) {
        Look look = view.look();
        return Step.note(
                        view.withLook(new Look(look.theme(), !look.ascii(), look.hidden())),
                        look.ascii() ? "Unicode" : "ASCII")
                .with(Effect.Plain.KEEP_SETTINGS);
    }

    private static Step reset(ViewState view) {
        return Step.note(view, "view as at first").with(Effect.Plain.FORGET_SETTINGS);
    }
}
