// SPDX-License-Identifier: MIT
package dev.llmtop.tui;

import dev.llmtop.agent.Agent;
import dev.llmtop.agent.CommandSessions;
import dev.llmtop.agent.Playback;
import dev.llmtop.agent.SnapshotFormat;
import dev.llmtop.model.Snapshot;
import dev.llmtop.spi.SnapshotListener;
import dev.llmtop.tui.cell.Size;
import dev.llmtop.tui.command.CommandLine;
import dev.llmtop.tui.draw.ScreenRenderer;
import dev.llmtop.tui.keep.SettingsFile;
import dev.llmtop.tui.keep.Written;
import dev.llmtop.tui.terminal.ScreenTerminal;
import dev.llmtop.tui.terminal.Signals;
import dev.llmtop.tui.terminal.TerminalTraits;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The screen: there only where the launcher configures it. It starts before all it shows, and fills in. */
@Component(
        name = "dev.llmtop.tui",
        service = SnapshotListener.class,
        immediate = true,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Tui implements SnapshotListener {
    private final ScreenTerminal terminal;
    private final ScreenModel model;
    private final Duration configured;
    private final ScreenLoop loop;
    private final Signals signals;
    private final Thread lastWords;
    private final Links links = new Links();
    private final CommandLine commands;
    private final ExecutorService beside = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "llmtop-screen-files");
        thread.setDaemon(true);
        return thread;
    });

    /** Draws at once. */
    @Activate
    public Tui(
            TuiConfiguration configuration,
            BundleContext context,
            @Reference(name = "exit", target = "(llmtop.service=exit)") IntConsumer exit) {
        Map<String, String> environment = System.getenv();
        TerminalTraits traits = TerminalTraits.of(environment);
        terminal = new ScreenTerminal(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new ScreenTerminal.Start(traits, size(configuration), configuration.mouse()));
        Beginning beginning = new Beginning(context.getBundle().getVersion().toString(), configuration, traits);
        ViewMemory memory =
                new ViewMemory(beginning.view(), SettingsFile.place(environment).map(SettingsFile::new));
        configured = Duration.ofMillis(configuration.interval_ms());
        model = new ScreenModel(
                new ScreenRenderer()::draw,
                () -> links.agent().map(Agent::latest),
                beginning.nothing(),
                beginning.view(memory));
        model.source(links::source);
        loop = new ScreenLoop(
                terminal, model, new ScreenLoop.Ending(exit::accept, line -> System.err.println("llmtop: " + line)));
        commands = new CommandLine(() -> loop.post(() -> showCommand()));
        Effects effects = new Effects(
                terminal,
                model,
                new Effects.Tools(
                        links, commands, new Written(places(environment)), memory, beside, loop::post, code -> {
                            loop.stop();
                            exit.accept(code);
                        }));
        loop.start(effects);
        signals = new Signals(() -> loop.post(() -> {}), () -> {
            if (!terminal.continued()) {
                loop.post(this::resume);
            }
        });
        // Whatever ends the program, and however long the framework takes to stop: the terminal comes back at once.
        lastWords = new Thread(terminal::close, "llmtop-screen-last");
        Runtime.getRuntime().addShutdownHook(lastWords);
    }

    @Override
    public void snapshot(Snapshot snapshot) {
        loop.snapshot(snapshot);
    }

    @Deactivate
    void stop() {
        loop.stop();
        signals.close();
        commands.cut();
        beside.shutdown();
        try {
            Runtime.getRuntime().removeShutdownHook(lastWords);
        } catch (IllegalStateException e) {
            // It runs already.
        }
    }

    @Reference(
            name = "agent",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "unbindAgent")
    void bindAgent(Agent arrived) {
        links.bind(arrived);
        loop.post(() -> {
            Duration wanted = model.view().time().interval();
            if (!wanted.equals(configured)) {
                arrived.interval(wanted);
            }
        });
    }

    void unbindAgent(Agent left) {
        links.unbind(left);
    }

    @Reference(
            name = "format",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "unbindFormat")
    void bindFormat(SnapshotFormat arrived) {
        links.bind(arrived);
    }

    void unbindFormat(SnapshotFormat left) {
        links.unbind(left);
    }

    @Reference(
            name = "playback",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "unbindPlayback")
    void bindPlayback(Playback arrived) {
        links.bind(arrived);
    }

    void unbindPlayback(Playback left) {
        links.unbind(left);
    }

    @Reference(
            name = "sessions",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "unbindSessions")
    void bindSessions(CommandSessions arrived) {
        commands.arrived(arrived);
    }

    void unbindSessions(CommandSessions left) {
        commands.left(left);
    }

    private void showCommand() {
        model.view(model.view().withCommand(commands.pane()));
    }

    private void resume() {
        try {
            terminal.resume();
        } catch (IOException e) {
            // The next frame finds that there is no terminal any more.
        }
    }

    private static Optional<Size> size(TuiConfiguration configuration) {
        return configuration.columns() > 0 && configuration.rows() > 0
                ? Optional.of(new Size(configuration.columns(), configuration.rows()))
                : Optional.empty();
    }

    /** Where files go: here, else at home, else where temporary files go. */
    private static List<Path> places(Map<String, String> environment) {
        List<Path> places = new ArrayList<>();
        for (String place : new String[] {
            System.getProperty("user.dir"), environment.get("HOME"), System.getProperty("java.io.tmpdir")
        }) {
            if (place != null && !place.isEmpty()) {
                places.add(Path.of(place));
            }
        }
        return places;
    }
}
