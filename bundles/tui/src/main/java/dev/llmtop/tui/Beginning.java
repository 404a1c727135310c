// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import dev.llmtop.model.Figures;
import dev.llmtop.model.Host;
import dev.llmtop.model.HostMetric;
import dev.llmtop.model.Reason;
import dev.llmtop.model.Scan;
import dev.llmtop.model.Snapshot;
import dev.llmtop.tui.state.CommandPane;
import dev.llmtop.tui.state.Filter;
import dev.llmtop.tui.state.Look;
import dev.llmtop.tui.state.Overlay;
import dev.llmtop.tui.state.TableView;
import dev.llmtop.tui.state.TimeView;
import dev.llmtop.tui.state.ViewState;
import dev.llmtop.tui.terminal.TerminalTraits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is shown before anything is known. */
final class Beginning {
    private final String version;
    private final TuiConfiguration configuration;
    private final TerminalTraits traits;

    Beginning(String version, TuiConfiguration configuration, TerminalTraits traits) {
        this.version = version;
        this.configuration = configuration;
        this.traits = traits;
    }

    /** An empty snapshot of a first scan that goes on. */
    Snapshot nothing() {
        Figures.Builder<HostMetric> figures = Figures.of(HostMetric.class);
        for (HostMetric metric : HostMetric.values()) {
            figures.putUnavailable(metric, Reason.NO_SAMPLE_YET, "the first sample is awaited");
        }
        Host host = new Host(hostName(), "", "", "", 1, figures.build());
        return new Snapshot(
                Instant.now(),
                new Snapshot.AgentInfo(
                        version, ProcessHandle.current().pid(), configuration.interval_ms() / 1_000.0, 0, true),
                new Snapshot.Machine(host, List.of()),
                List.of(),
                new Snapshot.Totals(Figures.none(), List.of()),
                new Snapshot.Findings(
                        new Scan(new Scan.Processes(0, 0), new Scan.Listeners(0, 0, 0), 1, List.of()),
                        List.of(),
                        List.of()));
    }

    /** The view as the configuration and the terminal have it. */
    ViewState view() {
        return new ViewState(
                Optional.empty(),
                TableView.START,
                Overlay.NONE,
                Filter.ALL,
                new TimeView(
                        false, Duration.ZERO, Duration.ofMinutes(2), Duration.ofMillis(configuration.interval_ms())),
                look(),
                Optional.empty(),
                CommandPane.EMPTY,
                "");
    }

    /** The view with what was kept of the one before. */
    ViewState view(ViewMemory memory) {
        if (configuration.reset_view()) {
            return view();
        }
        ViewState kept = memory.remembered();
        TimeView time = kept.time();
        // What was said on the command line is meant for this run.
        return configuration.interval_given()
                ? kept.withTime(new TimeView(
                        false, Duration.ZERO, time.window(), Duration.ofMillis(configuration.interval_ms())))
                : kept;
    }

    private Look look() {
        boolean ascii = switch (configuration.glyphs().toLowerCase(Locale.ROOT)) {
            case "ascii" -> true;
            case "unicode" -> false;
            default -> traits.ascii();
        };
        String name = configuration.theme().toUpperCase(Locale.ROOT).replace('-', '_');
        Look.Theme theme = traits.theme();
        for (Look.Theme one : Look.Theme.values()) {
            theme = one.name().equals(name) ? one : theme;
        }
        return new Look(theme, ascii, Set.of());
    }

    /** Java's own way asks the network for the name. */
    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("");
        }
    }
}
